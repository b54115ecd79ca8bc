#!/usr/bin/env node
import process from 'node:process';
import { checkNode } from './check-node.ts';
import { exitCode } from './exit-code.ts';
import { processIo } from './process-io.ts';
import { run } from './run.ts';

// A reader that has seen enough (`| head`) closes the pipe: that is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));
}

const tooOld = checkNode(process.versions.node);
if (tooOld !== undefined) {
  console.error(tooOld);
  process.exitCode = exitCode.badInput;
} else {
  process.exitCode = await run(process.argv.slice(2), processIo());
}
