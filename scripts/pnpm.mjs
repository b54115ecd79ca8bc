// Runs the workspace's pnpm, whether or not one is installed: `node scripts/pnpm.mjs run test:run`.
// Package scripts that pnpm starts find node_modules/.bin first, so they run on the Node that the workspace pins.
import { spawn } from 'node:child_process';
import { constants } from 'node:os';

const pnpm = 'pnpm@12.21.0';

const child = spawn('npx', ['-y', pnpm, ...process.argv.slice(2)], { stdio: 'inherit' });

// The terminal signals the whole group; a signal sent to this process alone is handed on.
for (const signal of ['SIGINT', 'SIGTERM', 'SIGHUP']) process.on(signal, () => child.kill(signal));

child.on('error', (error) => {
  console.error(`pnpm: npx could not be started (${error.message}); install npm, it comes with Node.`);
  process.exit(127);
});
child.on('exit', (code, signal) => process.exit(code ?? 128 + constants.signals[signal]));
