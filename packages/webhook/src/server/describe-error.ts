/** What may be logged of any error: its class, code, and where it was thrown. Its message may quote a request. */
export function describeError(error: unknown): Readonly<Record<string, unknown>> {
  if (!(error instanceof Error)) return { error: typeof error };
  const { code, message, stack = '' } = error as NodeJS.ErrnoException;
  const start = stack.indexOf(message);
  const frames = start < 0 ? [] : stack.slice(start + message.length).split('\n');
  return {
    error: error.constructor.name,
    ...(typeof code === 'string' ? { code } : {}),
    at: frames.flatMap((line) => /^ {4}(at .+)$/.exec(line)?.[1] ?? []).slice(0, 8),
  };
}
