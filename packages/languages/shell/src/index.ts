export { createShell, type ShellOptions } from './create-shell.ts';
