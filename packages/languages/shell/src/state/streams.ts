import type { StreamFate } from '@katib-push/core';
import { choicesOf, joinValues, type Value } from '../values/value.ts';

/** Where a stream writes to. */
export type Destination =
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
  readonly next: Destination;
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

/** Whether text that is written to a destination comes out at the container's output, all or part of it. */
export function comesOut(destination: Destination): boolean {
  if (destination.kind !== 'pipe') return destination.kind === 'container';
  return destination.readers.some(({ hands, next }) => hands !== 'none' && comesOut(next));
}

/** Which of the container's streams a destination ends in; absent if it ends elsewhere. */
export function streamOf(destination: Destination): 'stdout' | 'stderr' | undefined {
  if (destination.kind === 'container') return destination.stream;
  if (destination.kind !== 'pipe') return undefined;
  return destination.readers.flatMap(({ next }) => streamOf(next) ?? [])[0];
}

/** Where what is written to a destination ends. */
export interface Fate {
  readonly fate: StreamFate;
  /** Why it isn't the container's output as it was written; empty if it is. */
  readonly why: string;
  /** The file that it ends in; absent if it ends in none. */
  readonly file?: string;
}

export function fateOf(destination: Destination): Fate {
  switch (destination.kind) {
    case 'container':
      return { fate: 'container', why: '' };
    case 'nowhere':
      return { fate: 'elsewhere', why: 'is discarded' };
    case 'file':
      return { fate: 'elsewhere', why: `goes to the file ${destination.name}`, file: destination.name };
    case 'pipe': {
      const [reader, ...others] = destination.readers;
      if (!reader) return { fate: 'elsewhere', why: 'is captured by the shell' };
      const seen = destination.readers.find(({ next }) => fateOf(next).fate !== 'elsewhere');
      if (!seen || (reader.hands === 'all' && others.length === 0)) return fateOf(reader.next);
      const names = new Set(destination.readers.map(({ name }) => name));
      return { fate: 'filtered', why: `goes through ${[...names].join(' and ')}` };
    }
  }
}
