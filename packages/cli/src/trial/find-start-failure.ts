import type { TrialRun } from '@katib-push/oracle';

/** Why a run ended before it did anything, and what to do about it. */
export interface StartFailure {
  /** One sentence without a full stop. */
  readonly message: string;
  readonly hint: string;
}

/** Exit codes of a shell for what it can't run, and can't find. */
const NOT_RUN = [126, 127];
/** Characters of an output's end that are looked at. */
const TAIL = 8192;

/** What helps where a file of the image is missing. */
const inImage =
  'Give what the image holds as a folder: --root FOLDER; or have what the trial printed explained: katib-push explain --log FILE.';

/** The texts of runtimes that miss something, with what it is in the first group. */
const missing: readonly (readonly [RegExp, (name: string) => StartFailure])[] = [
  [
    /ModuleNotFoundError: No module named '([^'.]+)/,
    (name) => ({
      message: `Python has no module ${name} here`,
      hint: `Install what the image has: python3 -m pip install ${name} (a package may have another name), run katib-push in the virtual environment that has it, or give the image's files: --root FOLDER.`,
    }),
  ],
  [
    /Error: Cannot find module '([^']+)'/,
    (name) =>
      /^[./]/.test(name)
        ? noFile(name)
        : {
            message: `Node has no module ${name} here`,
            hint: 'Install what the image has with npm, and set NODE_PATH in the container to that folder.',
          },
  ],
  [
    /there is no package called ['‘]([^'’]+)/,
    (name) => ({
      message: `R has no package ${name} here`,
      hint: `Install it: install.packages("${name}").`,
    }),
  ],
  [/can't open file '([^']+)'/, noFile],
  [
    /(\S+): (?:command )?not found/,
    (name) => ({
      message: `${name} is not installed here`,
      hint: 'Install it, or set PATH in the container.',
    }),
  ],
];

function noFile(name: string): StartFailure {
  return { message: `there is no file ${name} here`, hint: inImage };
}

/** Why a run failed to start, as far as its exit code and the end of its output tell; absent if it did start. */
export function findStartFailure(run: TrialRun): StartFailure | undefined {
  if (run.exitCode === 0 || run.timedOut || run.signal !== undefined) return undefined;
  const ends = [run.stderr, run.stdout].map((bytes) => Buffer.from(bytes.subarray(-TAIL)).toString());
  for (const [text, explain] of missing) {
    const found = ends.map((end) => text.exec(end)?.[1]).find((name) => name !== undefined);
    if (found !== undefined) return explain(found);
  }
  if (run.exitCode === undefined || !NOT_RUN.includes(run.exitCode)) return undefined;
  return {
    message: `a command could not be run (exit code ${run.exitCode})`,
    hint: 'Install on this machine what the container runs.',
  };
}
