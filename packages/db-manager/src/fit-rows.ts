import { status } from '@grpc/grpc-js';
import { RequestFailure } from './errors.ts';
import { formatForMysql, GoTimeError, parseGoTime } from './go-time.ts';
import {
  badStoredTime,
  emptyInsert,
  fitName,
  fitTime,
  fitValue,
  MOST_ROWS,
  tooManyRows,
} from './mysql-rules.ts';
import type { ReportedRow } from './observation.ts';
import type { StoredRow } from './observation-store.ts';

/** `api.v1.beta1.ReportObservationLogRequest` as decoded; an absent message is null. */
export interface ReportRequest {
  readonly trial_name: string;
  readonly observation_log: { readonly metric_logs: readonly MetricLog[] } | null;
}

interface MetricLog {
  readonly time_stamp: string;
  readonly metric: { readonly name: string; readonly value: string } | null;
}

/** A report that may be stored: its rows as sent and as the table keeps them, in the order of the request. */
export interface FittedReport {
  readonly received: readonly ReportedRow[];
  readonly rows: readonly StoredRow[];
}

/**
 * Checks a report as Katib and MySQL do, in their order: the times one after the other, then the statement, then
 * the columns of each row. Rows without a time are left out.
 *
 * Throws {@link RequestFailure}: UNKNOWN with Katib's text, or UNAVAILABLE where Katib's process dies of the request.
 * Source: `RegisterObservationLog` in `pkg/db/v1beta1/mysql/mysql.go`.
 */
export function fitRows(request: ReportRequest): FittedReport {
  if (request.observation_log === null) throw crash('the request has no observation_log');
  const utcTime = createUtcTime();
  const received: ReportedRow[] = [];
  const times: string[] = [];
  for (const { time_stamp: time, metric } of request.observation_log.metric_logs) {
    if (time === '') continue;
    times.push(utcTime(time));
    if (metric === null) throw crash(`the row of ${time} has no metric`);
    received.push({ name: metric.name, value: metric.value, time });
  }
  if (received.length === 0) throw emptyInsert();
  if (received.length > MOST_ROWS) throw tooManyRows();

  const rows = received.map((row, index) => {
    const number = index + 1;
    const formatted = times[index] ?? '';
    const trial = fitName(request.trial_name, 'trial_name', number);
    const time = fitTime(formatted);
    if (time === undefined) throw badStoredTime(formatted, number);
    return {
      trial,
      time,
      name: fitName(row.name, 'metric_name', number),
      value: fitValue(row.value, number),
    };
  });
  return { received, rows };
}

/** Reads the times of one request. Rows of one second follow each other, and only the first of them is read in full. */
function createUtcTime(): (text: string) => string {
  let [known, formatted] = ['', ''];
  return (text) => {
    const micros = /^.{19}\.(\d{6})Z$/.exec(text)?.[1];
    if (micros !== undefined && text.startsWith(known) && known !== '') {
      return micros === '000000' ? formatted : `${formatted}.${micros.replace(/0+$/, '')}`;
    }
    const time = readTime(text);
    if (micros !== undefined) {
      known = text.slice(0, 19);
      formatted = time.slice(0, 19);
    }
    return time;
  };
}

function readTime(text: string): string {
  try {
    return formatForMysql(parseGoTime(text));
  } catch (error) {
    if (!(error instanceof GoTimeError)) throw error;
    throw new RequestFailure(`Error parsing start time ${text}: ${error.message}`);
  }
}

/** Katib follows a nil pointer here: its process ends, and the client sees the connection break. */
function crash(why: string): RequestFailure {
  return new RequestFailure(`Katib's DB manager would crash: ${why}`, status.UNAVAILABLE);
}
