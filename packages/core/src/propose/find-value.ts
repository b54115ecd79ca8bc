import type { MaskedLine } from './masked-line.ts';

/** Where a name's value stands; `ambiguous`: several may be it, or a number out of a total. */
type FoundValue = number | 'ambiguous';

const opening = String.raw`(?:["'\x60([{<$~\s\ue002]|[\w.]*(?:[Tt]ensor|[Aa]rray|float\d*|int\d*)\()*`;
/** What may be joined to a name without making it another: `F1-score`, `AUC-ROC`. */
export const SUFFIX = String.raw`(?:[Ss]core|SCORE|[Rr]oc|ROC|PR|[Vv]alue|[Mm]easure|[Mm]acro|[Mm]icro|[Ww]eighted)(?![\p{L}\p{N}_])`;
const closing = String.raw`(?:-${SUFFIX})?(?:["'\x60*\])}>%.\ue002]|\s*[([]%[)\]]|\s*%|\s*[([][^()[\]]{1,20}[)\]])*`;
const sign = String.raw`(?::=|=+>|-+>|=+|>+|\.{2,}|…|[:\uff1a→|]|-(?=\s))`;
const word = String.raw`(?:[\p{L}\ue000\ue001][\p{L}\p{N}\ue000\ue001'_/#@%.-]*|\p{N}+|[([]?\ue000\s*[-=]+>|[([][^()[\]]*[)\]])`;

/** `accuracy: `, `accuracy" : "`, `accuracy (%) = [`. */
const direct = new RegExp(`^${closing}\\s*${sign}?${opening}$`, 'u');
/** `accuracy,`: of one name; of several in a row, nobody knows whose value follows. */
const comma = new RegExp(`^${closing}\\s*,${opening}$`, 'u');
/** `accuracy of the network on the 10000 images: `, `accuracy is now `. */
const throughWords = new RegExp(`^${closing}(?:\\s+${word}:?)+\\s*${sign}?${opening}$`, 'u');
/** `"metric": "accuracy", "value": `. */
const throughKey = /^["'}]*\s*,\s*["']?\w*value["']?\s*[:=]\s*["']?$/i;
/** Data that values are of: `train=0.5, val=0.4`. */
const split = /\b(train|val|test|eval|dev)(?:id|ing|idation|uation)?\b/giu;
/** Characters from a name to its value at most. */
const LONGEST_WAY = 200;
/** Words of a label behind the name that need not be known ones. */
const MOST_WORDS = 3;
/** Words that may lead from a name to its value. */
const leading =
  /^\W*(?:is|was|of|at|on|for|in|after|over|from|to|by|with|per|now|so|has|score|value|rate|percentage|result|reached|achieved|obtained|improved|decreased|increased|dropped|went|using|epoch|step|fold|iteration|iter|=)(?![\p{L}\p{N}])|^[^\p{L}]*[([]/iu;
/** Words behind a name that make it another thing: `loss function: `, `accuracy plot: `. */
const anotherThing =
  /\b(?:function|fn|plot|curve|graph|chart|history|file|path|dir|log|name|type|shape|threshold|weights?|scale|scaler|values?|list|matrix|report|saved|saving|target|metrics?|array|tensor|object|module)\b/iu;
/** Behind a hole: it is what the value was before. */
const movesOn = /^["')\]}%]*\s*(?:→|-+>|=+>|(?:is|was)\b)\s*["'([$]*\ue000/u;
/** Behind a hole: it is part of the label. */
const labelEnds = /^["')\]}%]*\s*[:\uff1a=]\s*["'([$]*\ue000/u;
const followsNoun =
  /(?:^|[\s([#])(?:of|on|for|at|in|after|the|by|with|over|using|epochs?|steps?|iterations?|iter|class|fold|batch|seed|top|round)?[\s([#]*$/iu;
const labelGoesOn = /^[^,;:=|\ue000]{0,60}(?:[:\uff1a=]|-+>|\b(?:is|was)\b)\s*["'([$]*\ue000/u;
const outOf = /^\s*\/\s*(?:\ue000|\d+)/u;
/** `90/100=0.9`. */
const outOfRatio = /^\s*\/\s*(?:\ue000|\d+)\s*=+\s*(\ue000)/u;
/** `90 (90.0%)`. */
const percentBehind = /^\s*[([]\s*\ue000\s*%\s*[)\]]/u;
const outOfPercent = /^\s*\/\s*(?:\ue000|\d+)\s*[(=,:\s-]*(\ue000)\s*%/u;

/**
 * The hole that holds the value of a name.
 *
 *     Accuracy of ▯ on the ▯ test images: ▯ %
 *             ^^^^^^^^^^^^^^^^^^^^^^^^^^^^ leads to the third
 *
 * @param others whether a text names another wanted metric
 */
export function findValue(
  { text, holes }: MaskedLine,
  { from, to, name }: { readonly from: number; readonly to: number; readonly name: string },
  others: (text: string) => boolean,
): FoundValue | undefined {
  const isFirst = !/[\p{L}\p{N}][\s"']*,[\s"']*$/u.test(text.slice(Math.max(0, from - 20), from));
  const isBehindValue = /\ue000\s?%?\s?$/u.test(text.slice(Math.max(0, from - 4), from));
  const isLastOfSeveral = /(?:\band|&|\/)\s*$/iu.test(text.slice(Math.max(0, from - 6), from));
  for (let at = text.indexOf('\ue000', to); at >= 0; at = text.indexOf('\ue000', at + 1)) {
    if (at - to > LONGEST_WAY) return undefined;
    const before = text.slice(to, at);
    const after = text.slice(at + 1, at + 1 + LONGEST_WAY);
    if (others(before) || /^\s*(?:,|\/|&|\band\b)\s*[\p{L}]/u.test(before))
      return throughKey.test(before) ? at : 'ambiguous';
    const type = holes.get(at)?.hole.type;
    const isFormatted = type === 'number' || type === 'percent';
    if (before === '' || !(leadsTo(before, isFormatted) || (isFirst && comma.test(before)))) return undefined;
    // `0.9 accuracy with a deviation of 0.1`
    if (isBehindValue && !direct.test(before)) return undefined;
    if (movesOn.test(after) || (!hasSign(before) && labelEnds.test(after))) continue;
    if (/\bfrom\s*\(?$/iu.test(before) && /^\)?\s*to\s+\ue000/u.test(after)) continue;
    if (!hasSign(before) && before.trim() !== '' && followsNoun.test(before) && labelGoesOn.test(after))
      continue;
    const ratio = outOfPercent.exec(after) ?? outOfRatio.exec(after);
    if (ratio) return at + 1 + ratio[0].lastIndexOf('\ue000');
    if (outOf.test(after) || (!isFormatted && percentBehind.test(after))) return 'ambiguous';
    if (splitsOf(before).length > 0 && splitsOf(after).some((one) => !splitsOf(before).includes(one)))
      return 'ambiguous';
    return likeliest(text, at, name, holes, isLastOfSeveral);
  }
  return undefined;
}

function leadsTo(before: string, isFormatted: boolean): boolean {
  if (direct.test(before) || throughKey.test(before)) return true;
  if (!throughWords.test(before)) return false;
  if (leading.test(before)) return true;
  const words = before.match(/[\p{L}\p{N}]+/gu) ?? [];
  return (
    /[:\uff1a=]\s*["'([{<$]*$/u.test(before) &&
    words.length <= MOST_WORDS &&
    (isFormatted || !anotherThing.test(before))
  );
}

function hasSign(before: string): boolean {
  return /[:\uff1a=→]|->/u.test(before);
}

function splitsOf(text: string): readonly string[] {
  return [...text.matchAll(split)].map(([, word = '']) => word.toLowerCase());
}

/**
 * Of several values in a row (`print("loss", epoch, loss)`) the one whose expression speaks of the name; else the first,
 * unless several names stand in front of them.
 */
function likeliest(
  text: string,
  at: number,
  name: string,
  holes: MaskedLine['holes'],
  isLastOfSeveral: boolean,
): FoundValue {
  const row = /^\ue000(?:[ \t]*[,/]?[ \t]*\ue000)*/u.exec(text.slice(at, at + LONGEST_WAY))?.[0] ?? '';
  const places = [...row].flatMap((char, index) => (char === '\ue000' ? [at + index] : []));
  const speaks = (place: number): boolean =>
    (holes.get(place)?.hole.expression ?? '').toLowerCase().includes(name.toLowerCase());
  if (places.length < 2) return at;
  const speaking = places.find(speaks);
  if (speaking === undefined && isLastOfSeveral) return 'ambiguous';
  return speaks(at) ? at : (speaking ?? at);
}
