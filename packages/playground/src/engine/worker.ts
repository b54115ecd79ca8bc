import { analyse } from './analyse.ts';
import type { Analysis, Question } from './analysis.ts';

/** What the page sends, and what comes back: the answer, or what went wrong. */
export interface Call {
  readonly id: number;
  readonly question: Question;
}
export interface Reply {
  readonly id: number;
  readonly answer?: Analysis;
  readonly failure?: string;
  /** Milliseconds that the engine took. */
  readonly took: number;
}

addEventListener('message', async ({ data }: MessageEvent<Call>) => {
  const started = performance.now();
  const reply = await analyse(data.question).then(
    (answer) => ({ answer }),
    (error: unknown) => ({ failure: error instanceof Error ? error.message : String(error) }),
  );
  postMessage({ id: data.id, took: performance.now() - started, ...reply } satisfies Reply);
});
