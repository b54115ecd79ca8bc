import { widthOfOutput } from '@katib-push/webhook/settings';
import type { Io } from './io.ts';
import { showProblem } from './preview/show-problem.ts';
import type { Problem } from './problems/problem.ts';
import type { Services } from './services.ts';
import { type ColourChoice, type Colours, chooseColours } from './terminal/colours.ts';

/** What every command works with. */
export interface Context {
  readonly io: Io;
  readonly services: Services;
  /** Colours for standard output. */
  readonly colours: Colours;
  /** Colours for standard error. */
  readonly errorColours: Colours;
  /** Columns that standard output has; infinite where it is no terminal. */
  readonly width: number;
  /** Writes lines to standard output. */
  readonly print: (lines: readonly string[]) => void;
  /** Writes lines to standard error. */
  readonly note: (lines: readonly string[]) => void;
  /** Shows problems on standard error. */
  readonly complain: (problems: readonly Problem[]) => void;
}

/** Makes the context of one call. */
export function createContext(io: Io, services: Services, colour: ColourChoice): Context {
  const colours = chooseColours(colour, io.stdout.isTTY, io.env);
  const errorColours = chooseColours(colour, io.stderr.isTTY, io.env);
  const note = (lines: readonly string[]): void => {
    if (lines.length > 0) io.stderr.write(`${lines.join('\n')}\n`);
  };
  return {
    io,
    services,
    colours,
    errorColours,
    width: widthOfOutput(io.stdout, io.env),
    print: (lines) => {
      if (lines.length > 0) io.stdout.write(`${lines.join('\n')}\n`);
    },
    note,
    complain: (problems) => {
      const width = widthOfOutput(io.stderr, io.env);
      note(problems.flatMap((problem) => showProblem(problem, errorColours, width)));
    },
  };
}
