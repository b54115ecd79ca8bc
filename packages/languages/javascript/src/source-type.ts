import type { ParseOptions } from '@katib-push/core';
import type { SourceType } from './syntax/parse-text.ts';

/** What may compile a text before Node reads it: then it may hold another kind of module than its name says. */
const COMPILES = /^(?:-r|--(?:require|import|loader|experimental-loader))(?:=|$)/;

/**
 * What a text is run as, by the name of its file or by `--input-type`. Of any other, Node looks at the text itself, or for
 * a package.json that need not be in the Experiment.
 *
 * https://nodejs.org/api/packages.html#determining-module-system
 */
export function sourceTypeOf({ name = '', interpreter }: ParseOptions): SourceType {
  if (/\.m[jt]s$/.test(name)) return 'module';
  if (!interpreter || !/^node(?:js)?$/.test(interpreter.command)) return 'unambiguous';
  const { flags } = interpreter;
  if (/\.cjs$/.test(name)) return flags.some((flag) => COMPILES.test(flag)) ? 'unambiguous' : 'script';
  if (/\.\w+$/.test(name)) return 'unambiguous';
  const [, type] =
    /^--input-type=(module|commonjs)/.exec(flags.find((flag) => flag.startsWith('--input-type=')) ?? '') ??
    [];
  return type === undefined ? 'unambiguous' : type === 'module' ? 'module' : 'script';
}
