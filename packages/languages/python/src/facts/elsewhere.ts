import { fact } from '@katib-push/core';
import { originOf } from '../names/origin.ts';
import { withoutPreludes } from '../syntax/own-prelude.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

type Stream = 'stdout' | 'stderr';

/** The streams in whose place the script puts something that is not made of either: `sys.stdout = io.StringIO()`. */
const replacedIn = fact((script: Script): readonly Stream[] => {
  const text = withoutPreludes(script);
  if (!/\bsys\.std|\bredirect_std/.test(text)) return [];
  return (['stdout', 'stderr'] as const).filter((stream) =>
    new RegExp(
      `\\b(?:sys\\.${stream}[ \\t]*=(?!=)|redirect_${stream}[ \\t]*\\()(?![^\\n]*(?:\\bstd(?:out|err)\\b|\\bfdopen\\b))`,
    ).test(text),
  );
});

/** Why what is written to a stream may not show, as a sentence without a full stop; `undefined` where it shows. */
export function whyReplaced(script: Script, stream?: Stream): string | undefined {
  const [replaced] = replacedIn(script).filter((one) => stream === undefined || one === stream);
  return replaced && `the script replaces sys.${replaced}`;
}

/** Why a method may write nothing: its object is, or is of, a class of the script that has no other for its base. */
export function whyOwnClass(script: Script, receiver: Syntax): string | undefined {
  const name = originOf(script, receiver).madeBy ?? textOf(script, receiver);
  if (!/^\w+$/.test(name)) return undefined;
  const isOwn = new RegExp(
    `^[ \\t]*class[ \\t]+${name}[ \\t]*(?:\\([ \\t]*(?:object)?[ \\t]*\\))?[ \\t]*:`,
    'm',
  );
  return isOwn.test(script.text) ? `${name} is a class of the script` : undefined;
}
