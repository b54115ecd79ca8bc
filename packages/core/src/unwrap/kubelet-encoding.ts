import type { Encoding } from '../layers/layer.ts';

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
 * same before and behind that point: a dollar that would be read on can't be written, nor what a dollar in front would be
 * read on with.
 */
export const kubeletName: Encoding = {
  name: 'argument, inside $(…)',
  encode: (text) => (/^[$({]|\$(?=[$(]|$)/.test(text) || text.includes(placeholder) ? undefined : text),
};

/** Where inserted text might become a variable's name, or be read on by the kubelet: nothing can be written. */
export const kubeletClosed: Encoding = {
  name: 'argument, behind $(…$',
  encode: (text) => (text === '' ? '' : undefined),
};

/** A placeholder that may be written: Katib fills it with the trial's name. */
export interface TrialNamePlaceholder {
  /** As it stands in the document: `${trialParameters.trialName}`. */
  readonly placeholder: string;
  /** What stands for it in every layer within, also in inserted text: an identifier of the same length. */
  readonly standIn: string;
}

/** The same context, where inserted text may hold the stand-in of the trial's name. */
export function withTrialName(encoding: Encoding, trialName: TrialNamePlaceholder | undefined): Encoding {
  if (!trialName) return encoding;
  const { placeholder: written, standIn } = trialName;
  return {
    name: encoding.name,
    encode(text) {
      const pieces = text.split(standIn).map((piece) => encoding.encode(piece));
      return pieces.includes(undefined) ? undefined : pieces.join(written);
    },
  };
}
