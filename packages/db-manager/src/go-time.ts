/** A point in time in UTC, cut to microseconds. */
export interface MicrosecondTime {
  /** Milliseconds since 1970 of the whole second. */
  readonly second: number;
  /** 0 to 999 999. */
  readonly microsecond: number;
}

/** The text of a Go `*time.ParseError`. */
export class GoTimeError extends Error {
  override readonly name = 'GoTimeError';
}

const LAYOUT = '2006-01-02T15:04:05.999999999Z07:00';

/**
 * Reads a time as Go's `time.Parse(time.RFC3339Nano, text)` does, error texts included.
 *
 * Go is laxer than RFC 3339: one digit for the hour, a comma before the fraction, offsets up to 24:60 and more than
 * nine digits of fraction pass; a lower-case `t` or `z`, a leap second and surrounding blanks do not.
 * Digits after the sixth are cut, not rounded: Katib formats with `.999999` before MySQL sees the time.
 *
 * Throws {@link GoTimeError}. Source: `src/time/format.go` of Go 1.24, functions `parse` and `parseNanoseconds`.
 */
export function parseGoTime(text: string): MicrosecondTime {
  // One character per byte, since Go counts and quotes bytes.
  const value = Buffer.from(text, 'utf8').toString('latin1');
  let rest = value;

  const fail = (element: string, at: string): never => {
    throw new GoTimeError(
      `parsing time ${quote(value)} as ${quote(LAYOUT)}: cannot parse ${quote(at)} as ${quote(element)}`,
    );
  };
  const failWith = (message: string): never => {
    throw new GoTimeError(`parsing time ${quote(value)}: ${message}`);
  };
  const literal = (char: string): void => {
    if (!rest.startsWith(char)) fail(char, rest);
    rest = rest.slice(1);
  };
  const number = (pattern: RegExp, element: string, what: string, min: number, max: number): number => {
    const digits = pattern.exec(rest)?.[0] ?? fail(element, rest);
    rest = rest.slice(digits.length);
    const n = Number(digits);
    if (n < min || n > max) failWith(`${what} out of range`);
    return n;
  };

  const year = number(/^\d{4}/, '2006', 'year', 0, 9999);
  literal('-');
  const month = number(/^\d\d/, '01', 'month', 1, 12);
  literal('-');
  const day = number(/^\d\d/, '02', 'day', 0, 99);
  literal('T');
  const hour = number(/^\d\d?/, '15', 'hour', 0, 23);
  literal(':');
  const minute = number(/^\d\d/, '04', 'minute', 0, 59);
  literal(':');
  const second = number(/^\d\d/, '05', 'second', 0, 59);
  const fraction = /^[.,](\d+)/.exec(rest);
  rest = rest.slice(fraction?.[0].length ?? 0);
  const microsecond = Number((fraction?.[1] ?? '').slice(0, 6).padEnd(6, '0'));
  const offset = zoneOffset();
  if (rest !== '') failWith(`extra text: ${quote(rest)}`);

  const date = new Date(0);
  date.setUTCFullYear(year, month - 1, day);
  if (date.getUTCMonth() !== month - 1 || date.getUTCDate() !== day) failWith('day out of range');
  return { second: date.setUTCHours(hour, minute - offset, second), microsecond };

  /** Minutes east of UTC. */
  function zoneOffset(): number {
    if (rest.startsWith('Z')) {
      rest = rest.slice(1);
      return 0;
    }
    if (rest.length < 6 || rest[3] !== ':') fail('Z07:00', rest);
    const at = rest;
    rest = rest.slice(6);
    const hours = /^\d\d/.exec(at.slice(1, 3))?.[0];
    const minutes = hours === undefined ? undefined : /^\d\d/.exec(at.slice(4, 6))?.[0];
    // Ranges come first in Go, even when the other half is no number.
    if (Number(minutes ?? 0) > 60) failWith('time zone offset minute out of range');
    if (Number(hours ?? 0) > 24) failWith('time zone offset hour out of range');
    const sign = at[0] === '+' ? 1 : at[0] === '-' ? -1 : 0;
    if (hours === undefined || minutes === undefined || sign === 0) fail('Z07:00', at);
    return sign * (Number(hours) * 60 + Number(minutes));
  }
}

/** `YYYY-MM-DD HH:MM:SS[.ffffff]` in UTC without trailing zeros: Go's format `2006-01-02 15:04:05.999999`. */
export function formatForMysql(time: MicrosecondTime): string {
  const date = new Date(time.second);
  const two = (n: number) => String(n).padStart(2, '0');
  const year = date.getUTCFullYear();
  const fraction =
    time.microsecond === 0 ? '' : `.${String(time.microsecond).padStart(6, '0').replace(/0+$/, '')}`;
  return (
    `${year < 0 ? '-' : ''}${String(Math.abs(year)).padStart(4, '0')}-${two(date.getUTCMonth() + 1)}` +
    `-${two(date.getUTCDate())} ${two(date.getUTCHours())}:${two(date.getUTCMinutes())}` +
    `:${two(date.getUTCSeconds())}${fraction}`
  );
}

/** As `quote` in Go's package time: bytes below a blank and above ASCII become `\xNN`. */
function quote(bytes: string): string {
  const escaped = bytes.replace(/[^ -\x7f]|["\\]/g, (char) =>
    char === '"' || char === '\\' ? `\\${char}` : `\\x${char.charCodeAt(0).toString(16).padStart(2, '0')}`,
  );
  return `"${escaped}"`;
}
