import type { Encoding } from '../layers/encoding.ts';

/** What Katib would fill in: text that holds it can't be written anywhere. */
const placeholder = '${trialParameters.';

/**
 * Plain argument text: `$` is doubled only where the kubelet would read on, in front of `$`, `(` or the end.
 * The other dollars are left as they are, so what a shell writes (`\$x`) stays readable.
 */
export const kubeletText: Encoding = {
  name: 'argument',
  encode: (text) => (text.includes(placeholder) ? undefined : text.replace(/\$(?=[$(]|$)/g, '$$$$')),
};

/**
 * Text between `$(` and the first `)`, which the kubelet takes as the name of a variable. It doesn't know the name, so
 * it hands all of it on as it is, `$$` included. Inserted text that holds `)` ends the name earlier, so it must mean the
 * same before and behind that point: a dollar that would be read on can't be written.
 */
export const kubeletName: Encoding = {
  name: 'argument, inside $(…)',
  encode: (text) => (/\$(?=[$(]|$)/.test(text) || text.includes(placeholder) ? undefined : text),
};

/** As `kubeletName`, where the rest of the name holds `$$` or `$(`: moving the name's end would change what they mean. */
export const kubeletLockedName: Encoding = {
  name: 'argument, inside $(…)',
  encode: (text) => (text.includes(')') ? undefined : kubeletName.encode(text)),
};

/** Behind a dollar that ends the argument. */
export const kubeletAfterDollar: Encoding = {
  name: 'argument, behind $',
  encode: (text) => (/^[$({]/.test(text) ? undefined : kubeletText.encode(text)),
};
