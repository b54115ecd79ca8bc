import type { Question } from './analysis.ts';
import type { Call, Reply } from './worker.ts';

/** The engine in its worker. */
export interface Engine {
  /** Asks; of questions that wait while one is answered only the last is. */
  readonly ask: (question: Question) => void;
}

/** Starts the worker. `onReply` gets each answer, in order, with its question. */
export function startEngine(onReply: (reply: Reply, question: Question) => void): Engine {
  const worker = new Worker(new URL('./worker.ts', import.meta.url), { type: 'module' });
  let id = 0;
  let asked: Question | undefined;
  let waiting: Question | undefined;
  const send = (question: Question): void => {
    asked = question;
    worker.postMessage({ id: ++id, question } satisfies Call);
  };
  const receive = (reply: Reply): void => {
    const question = asked;
    asked = undefined;
    if (question) onReply(reply, question);
    if (waiting) send(waiting);
    waiting = undefined;
  };
  worker.addEventListener('message', ({ data }: MessageEvent<Reply>) => receive(data));
  worker.addEventListener('error', ({ message }) =>
    receive({ id, failure: message || 'it could not be loaded', took: 0 }),
  );
  return {
    ask(question) {
      if (asked) waiting = question;
      else send(question);
    },
  };
}
