#!/usr/bin/env node
// `kubectl_complete-katib_push`: what kubectl runs to complete the words of its plugin.
import process from 'node:process';
import { processIo } from './process-io.ts';
import { run } from './run.ts';

process.exitCode = await run(['complete', '--', ...process.argv.slice(2)], processIo());
