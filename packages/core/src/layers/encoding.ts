/**
 * How text has to be written in a host so that the host hands it on unchanged:
 * one object per quoting context (double quotes, unquoted heredoc, …).
 */
export interface Encoding {
  /** The context's name, for reports and tests, e.g. `double-quoted`. */
  readonly name: string;
  /** The host text that decodes to `text`; `undefined` where the context can't express it. */
  encode(text: string): string | undefined;
}

/** The encoding of a context that takes every text as it is. */
export const identity: Encoding = { name: 'identity', encode: (text) => text };
