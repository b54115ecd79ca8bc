import { seeded } from '../../../client/reliability/chance.ts';
import { type Chance, pick, words } from '../chance.ts';
import type { Stream } from './stream.ts';

const names = words('loss accuracy val_loss val|acc a-1 Validation-accuracy');
/** Reported beside the wanted ones; a rule may be about it all the same. */
const others = words('epoch step loss2');
const values = words('0.1 0.2 0.3 0.5 0.5 0.7 0.9 1 2 -1 5e-1 +0.5 .5 50e-2 1e2');
const limits = words('0.3 0.5 0.5 0.7 1 5e-1 1.5');
/** What no program prints is left out: `1_000` and `0x1p-2` are numbers to Go alone. */
const odd = words('inf -Infinity nan 1e999 x - 1,5');
const filterLists = [
  ['([\\w|-]+)\\s*=\\s*([+-]?\\d*(\\.\\d+)?([Ee][+-]?\\d+)?)'],
  ['([\\w|-]+): (\\S+)'],
  ['(\\S+)=(\\S+)', '([\\w|-]+): (\\S+)'],
  ['([\\w|-]+): (\\S+)', '([\\w|-]+): ([\\d.]+)'],
  ['(loss|accuracy)\\D+(\\d+(?:\\.\\d+)?)', '(loss)', '([^= ]+)=([\\d.]+)'],
];
const noise = [...words('epoch 3/10 loss lo [ | 漢 100%'), '', ' ', '\t', '\r'];
const jsonLines = ['null', '{}', ' {} ', '[]', '', '{"loss": "0.5"', 'loss=0.5', '{"loss": "1"} x'];

/** Streams that their rules stop, or nearly; the same for the same seed. */
export function generateStreams(count: number, seed: number): readonly Stream[] {
  const chance = seeded(seed);
  return Array.from({ length: count }, () => generateStream(chance));
}

function generateStream(chance: Chance): Stream {
  const wanted = Array.from({ length: 1 + Math.floor(chance() * 2.4) }, () => pick(chance, names));
  const format = chance() < 0.3 ? ('JSON' as const) : ('TEXT' as const);
  const filters = format === 'TEXT' && chance() < 0.6 ? pick(chance, filterLists) : undefined;
  const ruled = () => pick(chance, chance() < 0.9 ? wanted : others);
  const count = 1 + Math.floor(chance() * chance() * 5);
  const steps = count > 1 ? [0, 0, 0, 0, 1, 2] : [0, 0, 0, 1, 2, 3, 4];
  const rules = Array.from({ length: count }, () => ({
    name: ruled(),
    value: pick(chance, limits),
    comparison: pick(chance, words('less less greater greater equal')),
    startStep: pick(chance, steps),
  }));
  // most streams hold numbers alone: the collector ends at the first that is none
  const isOdd = chance() < 0.2;
  const line = () =>
    format === 'JSON' ? jsonLine(chance, wanted, isOdd) : textLine(chance, wanted, isOdd, filters);
  return {
    names: [...new Set(wanted)],
    type: pick(chance, ['maximize', 'minimize']),
    ...(filters ? { filters } : {}),
    format,
    rules,
    lines: Array.from({ length: 4 + Math.floor(chance() * 8 * count) }, line),
  };
}

const nameOf = (chance: Chance, wanted: readonly string[]) =>
  pick(chance, chance() < 0.75 ? wanted : [...names, ...others]);
const drawValue = (chance: Chance, isOdd: boolean) => pick(chance, isOdd && chance() < 0.15 ? odd : values);

function textLine(
  chance: Chance,
  wanted: readonly string[],
  isOdd: boolean,
  filters: readonly string[] | undefined,
): string {
  const separators = filters ? ['=', ': ', ': '] : ['=', '=', ' = '];
  const statement = () => nameOf(chance, wanted) + pick(chance, separators) + drawValue(chance, isOdd);
  const piece = () => (chance() < 0.75 ? statement() : pick(chance, noise));
  return Array.from({ length: Math.floor(chance() * 4 + 0.8) }, piece).join(
    pick(chance, [' ', ' ', ', ', '\t']),
  );
}

function jsonLine(chance: Chance, wanted: readonly string[], isOdd: boolean): string {
  if (isOdd && chance() < 0.1) return pick(chance, jsonLines);
  const value = () => {
    const text = drawValue(chance, isOdd);
    if (chance() < 0.1) return pick(chance, ['0.1', 'true', 'null', '["0.1"]']);
    return JSON.stringify(chance() < 0.1 ? ` ${text}\t` : text);
  };
  const fields = Array.from(
    { length: Math.floor(chance() * 4 + 0.5) },
    () => `${JSON.stringify(nameOf(chance, wanted))}: ${value()}`,
  );
  return `{${fields.join(', ')}}`;
}
