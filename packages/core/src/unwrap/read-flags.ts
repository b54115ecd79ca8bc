import { identity, type Layer, layerWithin } from '../layers/layer.ts';

/** What flags look like. */
export interface FlagGrammar {
  /** Flags that take words as arguments, and how many. Long ones are known by `-` or `_` alike. */
  readonly flags?: Readonly<Record<string, number>>;
  /** Whether `-abc` is one flag. Default false: a cluster of `-a`, `-b`, `-c`. */
  readonly longByOneDash?: boolean;
}

/** One flag as found. */
export interface Flag {
  readonly name: string;
  /** Its argument; absent if it takes none, or if the words ended. */
  readonly value?: Layer;
}

/** The flags from `words[start]` on, and the index of the first word that is none. */
export function readFlags(
  words: readonly Layer[],
  start: number,
  grammar: FlagGrammar,
): { readonly flags: readonly Flag[]; readonly next: number } {
  const flags: Flag[] = [];
  let next = start;
  while (next < words.length) {
    const word = words[next] as Layer;
    const { text } = word;
    if (text === '--') return { flags, next: next + 1 };
    if (!text.startsWith('-') || text === '-') break;
    next++;
    const count = argumentCount(text, grammar);
    if (count > 0) {
      flags.push(withValue(text, words[next]));
      next += count;
    } else if (text.startsWith('--') || grammar.longByOneDash) {
      const equals = text.indexOf('=');
      if (equals === -1) flags.push({ name: text });
      else flags.push({ name: text.slice(0, equals), value: slice(word, equals + 1) });
    } else next += readCluster(word, words[next], grammar, flags);
  }
  return { flags, next };
}

/**
 * A cluster of short flags; the first that takes an argument takes the rest, or the next word.
 *
 *     -uc TEXT    -uS'python -u'
 *
 * @returns how many words behind the cluster it took
 */
function readCluster(word: Layer, following: Layer | undefined, grammar: FlagGrammar, into: Flag[]): number {
  for (let i = 1; i < word.text.length; i++) {
    const name = `-${word.text[i]}`;
    if (argumentCount(name, grammar) === 0) {
      into.push({ name });
      continue;
    }
    const attached = i + 1 < word.text.length;
    into.push(withValue(name, attached ? slice(word, i + 1) : following));
    return attached ? 0 : 1;
  }
  return 0;
}

function argumentCount(name: string, grammar: FlagGrammar): number {
  const known = grammar.flags;
  if (!known) return 0;
  if (Object.hasOwn(known, name)) return known[name] ?? 0;
  const dashed = name.startsWith('--') ? name.replaceAll('_', '-') : name;
  return Object.hasOwn(known, dashed) ? (known[dashed] ?? 0) : 0;
}

function withValue(name: string, value: Layer | undefined): Flag {
  return value ? { name, value } : { name };
}

/** The rest of a word, as a layer within it. */
export function slice(word: Layer, from: number, to = word.text.length): Layer {
  return layerWithin(word).verbatim(from, to, identity).build(word.label);
}
