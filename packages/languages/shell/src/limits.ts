/**
 * Where the walk stops, so that no text can hold it up. What lies behind a limit is unknown, and is treated and reported as
 * such.
 */
export const limits = {
  /** Commands that are walked: a script of ten thousand lines has fewer; loops in loops and functions multiply them. */
  commands: 5000,
  /** Functions, `eval` and `source` within each other: people write three or four; what calls itself has no end. */
  calls: 16,
  /** Words that `for` is walked over one by one; over more of them its variable is unknown. */
  loopWords: 16,
  /** Turns of a loop: the second sees what the first has left. */
  turns: 2,
  /** Texts that a name may hold where ways meet; with more of them it is unknown. */
  choices: 8,
  /** Different lines that one command prints; what it prints beyond is a hole. */
  lines: 16,
  /** Characters of a command that a report shows. */
  shown: 80,
} as const;
