import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { originOf } from './origin.ts';

const STREAMS = /^sys\.(?:__)?(stdout|stderr)(?:__)?$/;

/** The output stream that an expression certainly names. */
export function streamNamed(script: Script, expression: Syntax): 'stdout' | 'stderr' | undefined {
  const found = STREAMS.exec(originOf(script, expression).path ?? '')?.[1];
  return found === 'stdout' || found === 'stderr' ? found : undefined;
}
