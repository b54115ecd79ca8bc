export { createShell } from './create-shell.ts';
