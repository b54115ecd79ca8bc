import { type handleUnaryCall, status, type UntypedServiceImplementation } from '@grpc/grpc-js';
import { RequestFailure } from './errors.ts';
import { fitRows, type ReportRequest } from './fit-rows.ts';
import { insertFailure } from './mysql-rules.ts';
import type { Report, RequestCounts } from './observation.ts';
import type { ObservationStore, StoredRow } from './observation-store.ts';

interface GetRequest {
  readonly trial_name: string;
  readonly metric_name: string;
  readonly start_time: string;
  readonly end_time: string;
}

/** What the handlers tell the rest of the server. */
export interface ServiceEvents {
  /** The rows of a report are stored; the client has no answer yet. */
  reported(report: Report): void;
  /** A request is about to be answered, or has failed. */
  counted(kind: keyof RequestCounts): void;
}

/** The handlers of `api.v1.beta1.DBManager`. Each runs to its end in one turn, so requests never interleave. */
export function createDbManagerService(
  store: ObservationStore,
  events: ServiceEvents,
): UntypedServiceImplementation {
  /** Every failure that has no status of its own becomes UNKNOWN, as any Go error does. */
  function unary<Request, Reply>(
    kind: keyof RequestCounts,
    answer: (request: Request) => Reply,
  ): handleUnaryCall<Request | RequestFailure, Reply> {
    return (call, callback) => {
      events.counted(kind);
      try {
        if (call.request instanceof RequestFailure) throw call.request;
        callback(null, answer(call.request));
      } catch (error) {
        events.counted('failed');
        const code = error instanceof RequestFailure ? error.status : status.UNKNOWN;
        callback({ code, details: shorten(error instanceof Error ? error.message : String(error)) });
      }
    };
  }

  return {
    ReportObservationLog: unary('report', (request: ReportRequest) => {
      const { received, rows } = fitRows(request);
      insert(store, rows);
      const sent = request.observation_log?.metric_logs.length ?? 0;
      events.reported({ trial: request.trial_name, rows: received, skipped: sent - received.length });
      return {};
    }),
    GetObservationLog: unary('get', (request: GetRequest) => {
      const rows = store.select(request.trial_name, {
        name: request.metric_name,
        startTime: request.start_time,
        endTime: request.end_time,
      });
      const logs = rows.map(({ name, value, time }) => ({ time_stamp: time, metric: { name, value } }));
      return { observation_log: { metric_logs: logs } };
    }),
    DeleteObservationLog: unary('delete', (request: { readonly trial_name: string }) => {
      store.remove(request.trial_name);
      return {};
    }),
  };
}

function insert(store: ObservationStore, rows: readonly StoredRow[]): void {
  try {
    store.insert(rows);
  } catch (error) {
    throw insertFailure(error instanceof Error ? error.message : String(error));
  }
}

/** Error texts travel as a header, quoted values and all; clients refuse large ones. */
function shorten(details: string): string {
  return details.length <= 1000 ? details : `${details.slice(0, 1000).toWellFormed()}…`;
}
