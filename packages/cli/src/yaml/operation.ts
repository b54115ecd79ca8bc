/** One operation of a JSON Patch (RFC 6902), as `rewriteExperiment` gives them. */
export interface Operation {
  readonly op: 'add' | 'replace' | 'test' | 'remove';
  /** JSON pointer, RFC 6901. */
  readonly path: string;
  readonly value?: unknown;
}
