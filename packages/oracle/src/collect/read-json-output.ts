import { OracleError } from '../oracle-error.ts';
import { formatUnixTime, isGoTime } from './go-time.ts';
import { NO_TIME, type Observation } from './observation.ts';
import { decodeOutput } from './read-output.ts';

/**
 * The rows that Katib's File collector reads in its JSON format: each line that is not empty is an object, a metric's
 * value counts if it is a string, and `timestamp` is the time of the whole line. Filters play no part.
 * Source: `parseLogsInJsonFormat` in `pkg/metricscollector/v1beta1/file-metricscollector`.
 *
 * Throws OracleError `unreadable-output` for a line that is no object: the collector fails for the whole file then.
 */
export function readJsonOutput(
  output: string | Uint8Array,
  wanted: readonly string[],
): readonly Observation[] {
  const lines = decodeOutput(output).split('\n');
  return lines.flatMap((line, index) => {
    if (line === '') return [];
    const fields = parseObject(line, index + 1);
    const time = timeOf(fields.get('timestamp'));
    return wanted.flatMap((name) => {
      const value = fields.get(name);
      return typeof value === 'string' ? [{ name, value, time }] : [];
    });
  });
}

const STRING = /"(?:[^"\\]|\\.)*"/g;
const NUMBER = /-?\d[\d.eE+-]*/g;

/** The fields of a line, as Go decodes them: `null` is an object without any. */
function parseObject(line: string, number: number): ReadonlyMap<string, unknown> {
  const fail = (why: string) =>
    new OracleError('unreadable-output', `line ${number} is no JSON object, so Katib reads nothing: ${why}`);
  let parsed: unknown;
  try {
    parsed = JSON.parse(line, (_, value: unknown) =>
      typeof value === 'string' ? value.toWellFormed() : value,
    );
  } catch (error) {
    throw fail(error instanceof Error ? error.message : String(error));
  }
  if (
    line
      .replace(STRING, '')
      .match(NUMBER)
      ?.some((number) => !Number.isFinite(Number(number)))
  )
    throw fail('it holds a number beyond those of 64 bits');
  if (parsed === null) return new Map();
  if (typeof parsed !== 'object' || Array.isArray(parsed)) throw fail('it is another value');
  return new Map(Object.entries(parsed).map(([name, value]) => [name.toWellFormed(), value]));
}

function timeOf(value: unknown): string {
  if (typeof value === 'number') return formatUnixTime(value) ?? NO_TIME;
  return typeof value === 'string' && isGoTime(value) ? value : NO_TIME;
}
