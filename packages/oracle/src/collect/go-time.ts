const RFC_3339 = /^(\d{4})-(\d\d)-(\d\d)T(\d{1,2}):(\d\d):(\d\d)(?:[.,]\d+)?(?:Z|[+-](\d\d):(\d\d))$/;

/**
 * Whether Go's `time.Parse(time.RFC3339Nano, text)` accepts the text: upper-case `T` and `Z`, a real date, no leap
 * second, an offset of at most 24:60; the hour may have one digit and the fraction any number of them.
 */
export function isGoTime(text: string): boolean {
  const match = RFC_3339.exec(text);
  if (!match) return false;
  const [year, month, day, hour, minute, second, offsetHours, offsetMinutes] = match
    .slice(1)
    .map((part) => Number(part ?? 0)) as [number, number, number, number, number, number, number, number];
  if (month < 1 || month > 12 || day < 1 || day > daysIn(month, year)) return false;
  return hour < 24 && minute < 60 && second < 60 && offsetHours <= 24 && offsetMinutes <= 60;
}

function daysIn(month: number, year: number): number {
  if (month === 2) return (year % 4 === 0 && year % 100 !== 0) || year % 400 === 0 ? 29 : 28;
  return [4, 6, 9, 11].includes(month) ? 30 : 31;
}

const LARGEST = 2n ** 63n - 1n;
const NANOSECONDS = 1_000_000_000n;
const DAY = 86_400n;
/** Days of 400 years of the Gregorian calendar, which repeats then. */
const DAYS_OF_400_YEARS = 146_097n;
const SECONDS_OF_400_YEARS = DAYS_OF_400_YEARS * DAY;

/**
 * A number of seconds since 1970 as Katib's collector writes it. Digits behind the point are taken for a count of
 * nanoseconds, as Katib does: 1.5 is five nanoseconds after the first second.
 *
 * @returns RFC 3339; undefined where Katib can't read the number
 */
export function formatUnixTime(seconds: number): string | undefined {
  const [whole = '', fraction = '0'] = spellOut(seconds).split('.');
  const [given, nanoseconds] = [BigInt(whole), BigInt(fraction)];
  if (given > LARGEST || given < -LARGEST - 1n || nanoseconds > LARGEST) return undefined;
  const second = given + nanoseconds / NANOSECONDS;
  // JavaScript's own calendar ends with year 275760
  const eras = floorDivide(second, SECONDS_OF_400_YEARS);
  const date = new Date(Number(second - eras * SECONDS_OF_400_YEARS) * 1000);
  const year = BigInt(date.getUTCFullYear()) + eras * 400n;
  const digits = (year < 0n ? -year : year).toString().padStart(4, '0');
  const rest = String(nanoseconds % NANOSECONDS)
    .padStart(9, '0')
    .replace(/0+$/, '');
  return `${year < 0n ? '-' : ''}${digits}${date.toISOString().slice(4, 19)}${rest === '' ? '' : `.${rest}`}Z`;
}

/** A number without an exponent, in the fewest digits that are this number. */
function spellOut(number: number): string {
  const match = /^(-?)(\d)(?:\.(\d+))?e([+-]\d+)$/.exec(String(number));
  if (match === null) return String(number);
  const [, sign = '', first = '', more = '', exponent = ''] = match;
  const places = Number(exponent);
  if (places > 0) return sign + (first + more).padEnd(places + 1, '0');
  return `${sign}0.${'0'.repeat(-places - 1)}${first}${more}`;
}

function floorDivide(dividend: bigint, divisor: bigint): bigint {
  const quotient = dividend / divisor;
  return quotient * divisor > dividend ? quotient - 1n : quotient;
}
