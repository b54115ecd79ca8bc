import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** The arguments of one call, sorted. */
export interface Call {
  /** In order; a `*xs` is a `list_splat`. */
  readonly positional: readonly Syntax[];
  readonly keywords: ReadonlyMap<string, Syntax>;
  /** Whether a `**kwargs` may add keywords. */
  readonly openKeywords: boolean;
}

export function readCall(script: Script, call: Syntax): Call {
  const list = call.field('arguments');
  if (!list) return { positional: [], keywords: new Map(), openKeywords: false };
  if (list.type === 'generator_expression')
    return { positional: [list], keywords: new Map(), openKeywords: false };
  const positional: Syntax[] = [];
  const keywords = new Map<string, Syntax>();
  let openKeywords = false;
  for (const part of list.parts) {
    if (part.type === 'dictionary_splat') openKeywords = true;
    else if (part.type === 'keyword_argument') {
      const [name, value] = part.parts;
      if (name && value) keywords.set(textOf(script, name), value);
    } else positional.push(part);
  }
  return { positional, keywords, openKeywords };
}
