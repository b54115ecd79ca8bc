import type { Answer, DbManagerConnection } from '@katib-push/db-manager';
import type { SpilledRow } from './read-spill.ts';

/** What sending came to. Rows that are in none of it were not sent. */
export interface Sent {
  readonly delivered: number;
  /** Rows that the server refuses. */
  readonly refused: readonly { readonly row: SpilledRow; readonly answer: Answer }[];
  /** Why it stopped before the end; absent where it did not. */
  readonly stopped?: Answer;
}

/** Katib's database takes about 16 000 rows in one statement; a message has 4 MB at most. */
const mostRows = 999;
const mostCharacters = 300_000; // three bytes each at most
const tries = 5;
/** That many refusals without a single row delivered are not the rows' fault. */
const mostRefused = 10;

/** gRPC statuses: the server can't be reached or is late; it speaks of this call; the rest says that no call will do. */
const absent = [4, 14];
const ofThisCall = [1, 2, 3, 8, 10, 11, 13];

/**
 * Sends rows in calls below 1 000, in their order, those of one trial together. A call that fails is made again up to five
 * times, with growing pauses; then it is halved, to find the rows that are the reason.
 *
 * @param onDelivered is awaited after each call that was stored
 */
export async function sendRows(
  rows: readonly SpilledRow[],
  connection: DbManagerConnection,
  onDelivered: (rows: readonly SpilledRow[]) => Promise<void>,
): Promise<Sent> {
  const waiting = batchesOf(rows);
  const refused: { row: SpilledRow; answer: Answer }[] = [];
  let delivered = 0;
  for (let batch = waiting.shift(); batch; batch = waiting.shift()) {
    const answer = await report(batch, connection);
    if (answer.status === 0) {
      delivered += batch.length;
      await onDelivered(batch);
      continue;
    }
    if (!ofThisCall.includes(answer.status)) return { delivered, refused, stopped: answer };
    const half = batch.length >> 1;
    if (half > 0) waiting.unshift(batch.slice(0, half), batch.slice(half));
    else refused.push({ row: batch[0] as SpilledRow, answer });
    if (refused.length >= mostRefused && delivered === 0) return { delivered, refused, stopped: answer };
  }
  return { delivered, refused };
}

/** Rows of one trial that follow each other, within the limits of a call. */
function batchesOf(rows: readonly SpilledRow[]): (readonly SpilledRow[])[] {
  const batches: SpilledRow[][] = [];
  let size = 0;
  for (const row of rows) {
    const batch = batches.at(-1);
    const weight = row.name.length + row.value.length + 40;
    if (batch?.[0]?.trial === row.trial && batch.length < mostRows && size + weight <= mostCharacters) {
      batch.push(row);
      size += weight;
    } else {
      batches.push([row]);
      size = weight;
    }
  }
  return batches;
}

async function report(batch: readonly SpilledRow[], connection: DbManagerConnection): Promise<Answer> {
  const trial = (batch[0] as SpilledRow).trial;
  for (let attempt = 1; ; attempt++) {
    const answer = await connection.report(trial, batch);
    const final = !absent.includes(answer.status) && !ofThisCall.includes(answer.status);
    // 3: what is wrong is in the rows
    if (answer.status === 0 || final || answer.status === 3 || attempt === tries) return answer;
    const pause = Math.random() * 100 * 2 ** attempt;
    await new Promise((resolve) => setTimeout(resolve, pause));
  }
}
