import { type Chance, pick, words } from './chance.ts';

const parts: Readonly<Record<string, readonly string[]>> = {
  year: ['2026', '2026', '2024', '0000', '0001', '9999', '1900', '2000', '02026', '26', '+2026', '-001'],
  month: ['-06', '-02', '-12', '-00', '-13', '-6', '/06'],
  day: ['-22', '-29', '-30', '-31', '-00', '-1', '-32'],
  hour: ['T20', 'T00', 'T23', 'T24', 'T7', 't20', ' 20', 'T'],
  minute: [':07', ':59', ':60', ':7', '07'],
  second: [':21', ':00', ':59', ':60', ':5', ''],
  fraction: ['', '', '', '.5', ',5', '.123456', '.123456789', '.1234567890123', '.', '.000'],
  zone: [
    ...words('Z Z +00:00 -00:00 +02:00 -23:59 +24:00 +24:60 +24:61 +25:00 +0200 +02 z +2:00 Z0 ±02:00'),
    '',
  ],
};

/** A time as RFC 3339 has it, with a part or two that Go may take, or not. */
export function generateTime(chance: Chance): string {
  return Object.values(parts)
    .map((choices) => (chance() < 0.8 ? (choices[0] as string) : pick(chance, choices)))
    .join('');
}
