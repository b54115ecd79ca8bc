import type { Catalogue } from '@katib-push/core';

/** What only the command line says, beyond what the engine says of scripts and Experiments. */
export const commandCatalogue = {
  'file-not-readable': ['error', 'Check the path and its permissions.'],
  'file-not-writable': ['error', 'Check the path, its permissions, and the space that is left.'],
  'not-undone': [
    'error',
    'Apply the manifest that it came from, or put the place back as the rewrite had left it.',
  ],
  'not-yaml': ['error', 'Correct the YAML at the place shown.'],
  'file-too-large': ['error', 'Take out what is no manifest.'],
  usage: ['error', 'See katib-push --help.'],
  'no-input': ['error', 'Give a manifest: -f FILE, -f FOLDER, or -f - for standard input.'],
  'not-text': ['error', 'Save the file as UTF-8.'],
  'too-many-aliases': ['error', 'Write the repeated parts out; more than 100 expansions are not followed.'],
  'too-deep': ['error', 'Flatten the document; more than 200 levels are not read.'],
  reformatted: ['info', 'Nothing to do; comments were kept, the layout of the document was not.'],
  'not-runnable': [
    'error',
    'Correct the Experiment, or install what its container runs; a file of its image can be given: --root FOLDER.',
  ],
  'not-started': ['error', 'Install on this machine what the container runs.'],
  interrupted: ['info', 'Nothing to do; what had arrived is shown above.'],
  'bad-row': ['error', 'Correct the line or take it out, then replay the file again.'],
  'row-refused': ['error', 'Look at the name and value; the line stays in the file.'],
  'not-delivered': ['error', 'Check --address, and that the DB manager runs; replay the file again.'],
  'no-page': ['error', 'Build it: pnpm build:playground.'],
  'server-failed': ['error', 'Choose another port, host or database file.'],
} as const satisfies Catalogue;
