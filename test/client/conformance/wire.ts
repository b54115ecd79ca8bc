/** What all calls of one run carried, as one message: the times masked, the rows joined. */
export function wireOf(messages: readonly Buffer[]): string {
  const [first] = messages;
  if (!first) return '';
  const heads = new Set(messages.map((message) => split(message).head));
  if (heads.size > 1) throw new Error(`calls for several trials: ${[...heads].join(', ')}`);
  return [...heads].join() + messages.map((message) => mask(split(message).rows)).join('');
}

/** `trial_name` is field 1, `observation_log` field 2 and the last: head and rows, as latin-1. */
function split(message: Buffer): { head: string; rows: string } {
  const text = message.toString('latin1');
  const trial = 2 + (message[1] ?? 0);
  let at = trial + 1;
  while ((message[at] ?? 0) > 127) at++;
  const head = text.slice(0, trial + 1);
  if (head.at(-1) !== '\x12') throw new Error(`not a report: ${JSON.stringify(text.slice(0, 80))}`);
  return { head, rows: text.slice(at + 1) };
}

/** Times are 27 characters: RFC 3339 in UTC with microseconds. */
function mask(rows: string): string {
  return rows.replace(/(\n\x1b)\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d\.\d{6}Z/g, '$1(time)');
}
