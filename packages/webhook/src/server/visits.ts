import type { IncomingMessage, Server, ServerResponse } from 'node:http';
import type { Duplex } from 'node:stream';
import type { Metrics } from './metrics.ts';
import type { BodyHold } from './read-body.ts';

/** One request, from its headers to the end of its answer. */
export interface Visit {
  /** When its headers were read, on the clock of `performance.now()`. */
  readonly started: number;
  /** What is held of its body; released at the end. */
  readonly hold: BodyHold;
}

export interface Visits {
  of(request: IncomingMessage): Visit;
  /**
   * A connection broke; `answer` is called if it can still be answered and gives the status. With `quiet`, nothing
   * may be written: a handshake failed, or an answer has begun.
   */
  broken(socket: Duplex, answer: (quiet: boolean) => number | undefined): void;
}

/** Follows the requests of a server and counts each once. */
export function followVisits(server: Server, holdBody: () => BodyHold, metrics: Metrics): Visits {
  const visits = new WeakMap<IncomingMessage, Visit>();
  /** Sockets whose handshake is done, with the answer under way. */
  const answers = new WeakMap<Duplex, ServerResponse | undefined>();
  /** The statuses of those that were answered past their `ServerResponse`. */
  const answeredRaw = new WeakMap<ServerResponse, number>();
  server.on('secureConnection', (socket: Duplex) => answers.set(socket, undefined));
  server.prependListener('request', (request: IncomingMessage, response: ServerResponse) => {
    const visit: Visit = { started: performance.now(), hold: holdBody() };
    const { socket } = request;
    visits.set(request, visit);
    answers.set(socket, response);
    response.once('close', () => {
      visit.hold.release();
      if (answers.get(socket) === response) answers.set(socket, undefined);
      const { writableFinished, statusCode } = response;
      const code = answeredRaw.get(response) ?? (writableFinished ? statusCode : 'aborted');
      metrics.answered(String(code), (performance.now() - visit.started) / 1000);
    });
  });
  return {
    of(request) {
      const visit = visits.get(request);
      if (visit === undefined) throw new TypeError('the request is none of this server');
      return visit;
    },
    broken(socket, answer) {
      const response = answers.get(socket);
      const status = answer(!answers.has(socket) || response?.headersSent === true);
      if (status === undefined) return;
      if (response === undefined) return metrics.answered(String(status), 0);
      answeredRaw.set(response, status); // counted when it closes
    },
  };
}
