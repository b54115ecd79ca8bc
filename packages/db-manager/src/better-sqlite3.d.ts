/** The part of better-sqlite3 13 that this package uses; the package brings no types of its own. */
declare module 'better-sqlite3' {
  export default class Database {
    constructor(filename: string);
    prepare<Row = unknown>(sql: string): Statement<Row>;
    exec(sql: string): this;
    /** Wraps a function so that all of its statements happen or, when it throws, none. */
    transaction<Args extends unknown[], Result>(body: (...args: Args) => Result): (...args: Args) => Result;
    function(name: string, options: { deterministic?: boolean }, body: (...args: never[]) => unknown): this;
    close(): this;
  }

  export interface Statement<Row> {
    run(...values: readonly unknown[]): unknown;
    get(...values: readonly unknown[]): Row | undefined;
    all(...values: readonly unknown[]): Row[];
  }
}
