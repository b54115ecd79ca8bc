import { type Chance, pick, words } from './chance.ts';
import { generateTime } from './generate-time.ts';

const values = [
  ...words(
    String.raw`"0.5" "1e-5" "" "nan" "\u0030.5" "\ud83d\ude00" "\ud83d" "\udc00x" "a\u0000b" "é" "x '0.5'`,
  ),
  ...words('0.5 null true [1] {"loss":"1"} 1e999 -0 1e400 01 1. .5 +1 NaN'),
  ...['" 0.25 "', '"\t"'],
];
const times = [
  ...words('1638422847 1638422847.5 1638422847.287801 -1.5 0 1e3 1e-7 1e21 253402300800 0.1234567890123456'),
  ...words('12345678901.123 -62135596801 1e18 9007199254740993 1e999 1638422847.0000001 -0.25'),
  ...words('null true "" "1638422847" []'),
];
const lines = [
  ...words('null true "loss" [] {} {}{} {"loss":"1",} {loss:"1"} {"loss":"1" loss=1'),
  ...['', ' ', '\r', ' null ', '{} x', '\ufeff{}', '\u00a0{}'],
];

/** A line of a metrics file in JSON: mostly an object, sometimes none. */
export function generateJsonLine(chance: Chance, names: readonly string[]): string {
  if (chance() < 0.06) return pick(chance, lines);
  const field = () => {
    const name =
      chance() < 0.8
        ? JSON.stringify(pick(chance, names))
        : pick(chance, ['"timestamp"', '"l\\u006fss"', '"LOSS"', '""']);
    return `${name}${pick(chance, [':', ': ', ' :\t'])}${pick(chance, chance() < 0.6 ? ['"0.5"', '"1"', '"-3.25"'] : values)}`;
  };
  const fields = Array.from({ length: Math.floor(chance() * 4) }, field);
  if (chance() < 0.4)
    fields.push(`"timestamp":${chance() < 0.5 ? pick(chance, times) : JSON.stringify(generateTime(chance))}`);
  return (
    pick(chance, ['', '', ' ', '\t']) +
    `{${fields.join(pick(chance, [',', ', ', ',\r']))}}` +
    pick(chance, ['', '', '\r', ' '])
  );
}
