import type { ServiceError } from '@grpc/grpc-js';
import { connect } from '../../../packages/db-manager/test/client.ts';
import type { Call } from './calls.ts';

/** What came of a call: what was read, sorted where the order is nobody's promise; or the status and the words. */
export type CallAnswer = { readonly reply: unknown } | { readonly code: number; readonly message: string };

/** Makes the calls one after the other. */
export async function askCalls(address: string, calls: readonly Call[]): Promise<readonly CallAnswer[]> {
  const client = connect(address);
  const answers: CallAnswer[] = [];
  for (const { method, request } of calls) {
    try {
      const reply =
        method === 'GetObservationLog'
          ? sorted(await client.get(request as never))
          : await client.call(method, request);
      answers.push({ reply });
    } catch (error) {
      const { code, details } = error as ServiceError;
      answers.push({ code, message: details });
    }
  }
  client.grpc.close();
  return answers;
}

/** Rows of one time have no order in the database. */
function sorted(rows: readonly { time_stamp: string; metric: { value: string } | null }[]): unknown {
  return rows.toSorted((a, b) =>
    a.time_stamp === b.time_stamp ? ((a.metric?.value ?? '') < (b.metric?.value ?? '') ? -1 : 1) : 0,
  );
}

/** The number that MySQL gives to an error; it is what a client goes by, the words differ between versions. */
const NUMBER = /Error \d+/;

/** Whether two answers are the same: the reply, or the status and, where `numbers` count, the database's number. */
export function sameCallAnswer(ours: CallAnswer, theirs: CallAnswer, numbers: boolean): boolean {
  if ('reply' in ours || 'reply' in theirs) return JSON.stringify(ours) === JSON.stringify(theirs);
  if (ours.code !== theirs.code) return false;
  const number = NUMBER.exec(theirs.message)?.[0];
  return number === undefined || !numbers
    ? sameBeginning(ours.message, theirs.message)
    : ours.message.includes(number);
}

/** Katib's own words, which stand before those of the database. */
function sameBeginning(ours: string, theirs: string): boolean {
  const words = (text: string) => text.split(/: |Error /)[0];
  return words(ours) === words(theirs);
}
