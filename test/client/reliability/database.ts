import type { Refusal } from './refusing-server.ts';

/** The database behind a DB manager, as calls find it. */
export interface Database {
  /** Whether it is away now. Default false. */
  isAway: boolean;
  /** Resolves when this many calls have found it away. */
  missed(calls: number): Promise<void>;
  /** What the DB manager answers to a call; undefined where the database is there. */
  answer(): Refusal | undefined;
}

const UNKNOWN = 2;
/** What Katib's DB manager says with each of its databases, as the database goes, is away and comes back. */
const MESSAGES = [
  'driver: bad connection',
  'dial tcp 10.96.0.12:3306: connect: connection refused',
  'pq: the database system is starting up',
  'Error 1040 (08004): Too many connections',
  'dial tcp: lookup katib-mysql on 10.96.0.10:53: no such host',
];

export function createDatabase(): Database {
  const waiting: { readonly calls: number; readonly resolve: () => void }[] = [];
  let missed = 0;
  return {
    isAway: false,
    missed: (calls) =>
      new Promise((resolve) => {
        if (missed >= calls) resolve();
        else waiting.push({ calls, resolve });
      }),
    answer() {
      if (!this.isAway) return undefined;
      const message = MESSAGES[missed++ % MESSAGES.length] ?? '';
      for (const { calls, resolve } of waiting) if (missed >= calls) resolve();
      return { status: UNKNOWN, message };
    },
  };
}
