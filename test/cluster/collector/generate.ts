import fc from 'fast-check';
import { generateFilters, wide } from '../../../packages/core/test/filters/generate-filter.ts';
import { writtenFilters } from '../../../packages/core/test/filters/written-filters.ts';
import { seeded } from '../../client/reliability/chance.ts';
import type { Cases } from './case.ts';
import { type Chance, pick, words } from './chance.ts';
import { generateJsonLine } from './generate-json.ts';
import { generateTime } from './generate-time.ts';

const below = (chance: Chance, limit: number) => Math.floor(chance() * limit);
const several = (chance: Chance, most: number, make: () => string) =>
  Array.from({ length: below(chance, most + 1) }, make).join('');

const plainNames = words('loss accuracy val_loss val|acc a-1 e Validation-accuracy x2');
const oddNames = [
  ...words(
    String.raw`val/acc a.b top@1 f1[macro] a+b ^loss$ $1 C:\x a* {m} a"b it's größe Δ 精度 🎯 ſ K - | _ 0`,
  ),
  ...words('a;loss loss; timestamp __proto__'),
  ...['loss (train)', '\u00a0loss'],
];
const numbers = [
  ...words('0.5 -1 +2.25 .98 1. 1e-5 -7.53E+05 1E0 007 1e999 -0 0x1p-2 1_000 1,5 ١٢ ½ 9007199254740993'),
  ...['9'.repeat(60), `0.${'3'.repeat(50)}`],
];
const noNumbers = [
  ...words('nan NaN -inf Infinity - + . e5 -e5 .e1 None True tensor(0.5) [0.5] np.float64(3.5) Adam(0.1)'),
  ...words('--1 +-1 1e 1e+ 5-5'),
  ...['', "tensor([0.25], device='cuda:0')", '[0.1, 0.2]'],
];
const separators = [
  ...words('= = = : == =-'),
  ...[' = ', '= ', ' =', ': ', '\t=\t', '\u00a0=', '=\u2003', '\v=', '\r=', '=\0', ' is '],
];
const noise = [
  ...words('; | é 漢 😀 [ ] { } " 100%|████| loss lo = a=1 |- x'),
  ...[' ', ' ', ', ', '\t', '\r', '\0', '\u0085', '\u2028', '\ufeff', '\u00a0'],
  ...['epoch 3/10 ', 'step=100 ', '\x1b[32m', '\x1b[0m', 'grad(w) =-', '\\n'],
];
/** Beside those that people write: what Katib takes in a way of its own. */
const ownFilters = [
  '',
  ...words(String.raw`
    (loss) loss=(.*) ()() (.*)(.*) (\S*)=(\S*) (\w*)\W?([0-9.]*) ([^=]*)=(.*) (a)?(b)? (loss|accuracy);(\d+)
    (?P<m>[a-z]+)=(?P<m>[0-9.]+) (?<m>[a-z]+)=(?<v>[0-9.]+) ([\w/.@-]+)\s*:\s*([-+.\w]+) "([^"]+)":"?([^",}]*)
    \[(.+?)\]\s(\d+) (loss (?=loss)(x) (\pL+)=(\pN+) (\p{Greek}+)=(\d) ([[:^space:]]+)=([[:digit:]]+) (loss)\x00?=(.)
    (\C+)=(\C+) (?s)(loss).(.*) (?U)(.+)=(.+) (.{2})=(.{3}) (loss)$|(accuracy)= (\x{1F3AF})=(\d+)
    ([^\x00-\x7f]+)=(.*) (\b\w+\b)(=?) (?i)(LOSS)[=:]\s?(\S+)`),
];

/** A line of text, of pieces that a reader can get wrong; or of what a filter's own alphabet holds. */
function generateLine(chance: Chance, names: readonly string[]): string {
  if (chance() < 0.05) return several(chance, 14, () => pick(chance, wide.texts));
  const statement = () =>
    pick(chance, names) + pick(chance, separators) + pick(chance, chance() < 0.7 ? numbers : noNumbers);
  const piece = () => (chance() < 0.6 ? statement() : pick(chance, noise));
  const start = chance() < 0.15 ? generateTime(chance) + pick(chance, [' ', ' ', ' ', '\t', '  ', '']) : '';
  return start + several(chance, 6, () => piece() + pick(chance, ['', ' ', ' ', ', ', '\r']));
}

function generateOutput(chance: Chance, names: readonly string[], format: Cases['format']): Uint8Array {
  const line = () => (format === 'JSON' ? generateJsonLine(chance, names) : generateLine(chance, names));
  const lines = Array.from({ length: chance() < 0.8 ? 1 : 2 + below(chance, 4) }, line);
  const text = Buffer.from(lines.join('\n') + pick(chance, ['', '\n', '\n\n']));
  if (chance() < 0.02 && text.length > 0) text[below(chance, text.length)] = 128 + below(chance, 128);
  return text;
}

/** So many outputs in groups, the same for the same seed. */
export function generateCases(count: number, seed: number, perGroup = 200): readonly Cases[] {
  const chance = seeded(seed);
  const random = fc.sample(generateFilters(wide), { numRuns: count, seed });
  const all: Cases[] = [];
  for (let made = 0; made < count; ) {
    const outputs = Math.min(perGroup, count - made);
    const format = chance() < 0.15 ? 'JSON' : 'TEXT';
    const names = Array.from({ length: 1 + below(chance, 4) }, () =>
      pick(chance, chance() < 0.75 ? plainNames : oddNames),
    );
    const filter = () =>
      pick(chance, pick(chance, [writtenFilters, writtenFilters, ownFilters, ownFilters, random]));
    const filters = chance() < 0.5 ? {} : { filters: Array.from({ length: below(chance, 4) }, filter) };
    const searched = names.join(';').split(';');
    const written = [...searched, searched[0]!, searched[0]!, 'other'];
    all.push({
      from: 'generated',
      names,
      ...filters,
      format,
      outputs: Array.from({ length: outputs }, () => generateOutput(chance, written, format)),
    });
    made += outputs;
  }
  return all;
}
