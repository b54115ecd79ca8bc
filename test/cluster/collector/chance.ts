/** Numbers from 0 to 1. */
export type Chance = () => number;

/** One of them. */
export const pick = <T>(chance: Chance, from: readonly T[]): T =>
  from[Math.floor(chance() * from.length)] as T;

/** The words of a text. */
export const words = (text: string): readonly string[] => text.trim().split(/\s+/);
