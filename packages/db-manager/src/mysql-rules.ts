import { RequestFailure } from './errors.ts';

/*
 * What MySQL 8.0, as Katib deploys it (strict mode, utf8mb4), makes of values that do not fit its table
 *
 *   trial_name VARCHAR(255) NOT NULL, time DATETIME(6), metric_name VARCHAR(255) NOT NULL, value TEXT NOT NULL
 *
 * The texts are those of go-sql-driver/mysql 1.5 (`Error <number>: <message>`), each behind the words of Katib.
 * Sources: `pkg/db/v1beta1/mysql/{init,mysql}.go` of Katib, the MySQL 8.0 manual and its error reference.
 */

/** Most rows that one report may hold: a prepared statement takes 65 535 placeholders, and a row has four. */
export const MOST_ROWS = 16_383;
const LONGEST_NAME = 255;
const LARGEST_VALUE = 65_535;

/** An insert without rows ends in `VALUES`: ER_PARSE_ERROR. */
export function emptyInsert(): RequestFailure {
  return new RequestFailure(
    'Prepare SQL statement failed: Error 1064: You have an error in your SQL syntax; check the manual that ' +
      "corresponds to your MySQL server version for the right syntax to use near '' at line 1",
  );
}

/** More than {@link MOST_ROWS} rows: ER_PS_MANY_PARAM. */
export function tooManyRows(): RequestFailure {
  return new RequestFailure(
    'Prepare SQL statement failed: Error 1390: Prepared statement contains too many placeholders',
  );
}

/**
 * Text as a VARCHAR(255) column keeps it: 255 characters (code points). What is longer fails with ER_DATA_TOO_LONG
 * unless only blanks stand past the limit, which MySQL cuts in any mode. `row` counts from 1.
 */
export function fitName(text: string, column: 'trial_name' | 'metric_name', row: number): string {
  if (text.length <= LONGEST_NAME) return text;
  const characters = [...text];
  if (characters.length <= LONGEST_NAME) return text;
  if (characters.slice(LONGEST_NAME).some((char) => char !== ' ')) throw tooLong(column, row);
  return characters.slice(0, LONGEST_NAME).join('');
}

/** Text as a TEXT column keeps it: 65 535 bytes of UTF-8, with the same exception for blanks. */
export function fitValue(text: string, row: number): string {
  // No character takes more than three bytes per UTF-16 unit.
  if (text.length * 3 <= LARGEST_VALUE || Buffer.byteLength(text) <= LARGEST_VALUE) return text;
  const kept = text.replace(/ +$/, '');
  const size = Buffer.byteLength(kept);
  if (size > LARGEST_VALUE) throw tooLong('value', row);
  return kept + ' '.repeat(LARGEST_VALUE - size);
}

/**
 * A time as a DATETIME(6) column keeps it: `YYYY-MM-DD HH:MM:SS.ffffff`, so that text order is time order. Years 0 to
 * 9999 pass (also year 1, the collector's "no time"); undefined for those that an offset pushed out of this range,
 * and for 29 February of year 0, which is a leap year to Go and not to MySQL.
 */
export function fitTime(text: string): string | undefined {
  if (!/^\d{4}-/.test(text) || text.startsWith('0000-02-29')) return undefined;
  const point = text.indexOf('.');
  return point < 0 ? `${text}.000000` : text.padEnd(26, '0');
}

/** A time outside the range of DATETIME in an insert: ER_TRUNCATED_WRONG_VALUE. */
export function badStoredTime(text: string, row: number): RequestFailure {
  return insertFailure(`Error 1292: Incorrect datetime value: '${text}' for column 'time' at row ${row}`);
}

/** The same in a comparison: ER_WRONG_VALUE. */
export function badComparedTime(text: string): RequestFailure {
  return new RequestFailure(`Failed to get ObservationLogs Error 1525: Incorrect DATETIME value: '${text}'`);
}

/**
 * Whether MySQL takes two texts for equal: its default collation utf8mb4_0900_ai_ci compares by the base letters of
 * the Unicode Collation Algorithm, so `Loss` = `loss` = `Löss`, and trailing blanks count.
 */
export function createSameText(): (a: string, b: string) => boolean {
  const collator = new Intl.Collator('en', { usage: 'sort', sensitivity: 'base', ignorePunctuation: false });
  return (a, b) => a === b || collator.compare(a, b) === 0;
}

/** Any other failure while rows are stored. */
export function insertFailure(message: string): RequestFailure {
  return new RequestFailure(`Execute SQL INSERT failed: ${message}`);
}

function tooLong(column: string, row: number): RequestFailure {
  return insertFailure(`Error 1406: Data too long for column '${column}' at row ${row}`);
}
