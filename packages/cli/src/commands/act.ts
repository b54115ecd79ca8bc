import type { Context } from '../context.ts';

/** Turns the body of a command into commander's action. The body is loaded when the command is called. */
export type Act = <Options>(
  load: () => Promise<(options: Options, context: Context, args: readonly string[]) => Promise<number>>,
) => (...given: unknown[]) => Promise<void>;
