#!/usr/bin/env node
import process from 'node:process';
import { processIo } from './process-io.ts';
import { run } from './run.ts';

// A reader that has seen enough (`| head`) closes the pipe: that is no failure.
for (const stream of [process.stdout, process.stderr]) {
  stream.on('error', (error: NodeJS.ErrnoException) => process.exit(error.code === 'EPIPE' ? 0 : 3));
}

process.exitCode = await run(process.argv.slice(2), processIo());
