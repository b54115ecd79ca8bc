import type { StreamFate } from '@katib-push/core';
import { choicesOf, joinValues, type Value } from '../values/value.ts';

/** Where a stream writes to. */
export type Sink =
  | { readonly kind: 'container'; readonly stream: 'stdout' | 'stderr' }
  | { readonly kind: 'nowhere' }
  | { readonly kind: 'file'; readonly key: string; readonly name: string }
  | Pipe;

/** What one command writes and another reads, or the shell itself (`$(…)`). Filled while the script is walked. */
export interface Pipe {
  readonly kind: 'pipe';
  readonly written: Value[];
  /** Whether something was written that isn't known before the program runs. */
  unknown: boolean;
  /** The commands that read it; none for the shell itself, which keeps the text. */
  readonly readers: Reader[];
  /** How many uncertain ways (`if`, loops) were open where it was made: what is written further inside may not be. */
  readonly uncertain: number;
}

/** What a command writes of what it reads: every byte as it is, perhaps some of it, or none. */
export type Hands = 'all' | 'some' | 'none';

export interface Reader {
  /** The command's name: `tee`. */
  readonly name: string;
  readonly hands: Hands;
  readonly next: Sink;
}

/** Where a command reads from. */
export type Source =
  | { readonly kind: 'container' }
  /** Texts that it may be: more than one where it depends on the way taken. */
  | { readonly kind: 'known'; readonly choices: readonly Value[]; readonly pipe?: Pipe }
  | { readonly kind: 'unknown'; readonly pipe?: Pipe };

export const container = { kind: 'container', stream: 'stdout' } as const;
export const containerError = { kind: 'container', stream: 'stderr' } as const;
export const nowhere = { kind: 'nowhere' } as const;

export function makePipe(uncertain: number): Pipe {
  return { kind: 'pipe', written: [], unknown: false, readers: [], uncertain };
}

/** What a reader of the pipe gets. */
export function readPipe(pipe: Pipe): Source {
  return pipe.unknown
    ? { kind: 'unknown', pipe }
    : { kind: 'known', choices: choicesOf(joinValues(pipe.written)), pipe };
}

/** Whether text that is written to a sink comes out at the container's output, all or part of it. */
export function comesOut(sink: Sink): boolean {
  if (sink.kind !== 'pipe') return sink.kind === 'container';
  return sink.readers.some(({ hands, next }) => hands !== 'none' && comesOut(next));
}

/** Which of the container's streams a sink ends in; absent if it ends elsewhere. */
export function streamOf(sink: Sink): 'stdout' | 'stderr' | undefined {
  if (sink.kind === 'container') return sink.stream;
  if (sink.kind !== 'pipe') return undefined;
  return sink.readers.flatMap(({ next }) => streamOf(next) ?? [])[0];
}

/** Where what is written to a sink ends, with the reason if it isn't the container's output as it was written. */
export function fateOf(sink: Sink): { readonly fate: StreamFate; readonly why: string } {
  switch (sink.kind) {
    case 'container':
      return { fate: 'container', why: '' };
    case 'nowhere':
      return { fate: 'elsewhere', why: 'is discarded' };
    case 'file':
      return { fate: 'elsewhere', why: `goes to the file ${sink.name}` };
    case 'pipe': {
      const [reader, ...others] = sink.readers;
      if (!reader) return { fate: 'elsewhere', why: 'is captured by the shell' };
      const seen = sink.readers.find(({ next }) => fateOf(next).fate !== 'elsewhere');
      if (!seen || (reader.hands === 'all' && others.length === 0)) return fateOf(reader.next);
      const names = new Set(sink.readers.map(({ name }) => name));
      return { fate: 'filtered', why: `goes through ${[...names].join(' and ')}` };
    }
  }
}
