import { InvalidArgumentError } from 'commander';

/** A port of the command line; 0 asks for any free one. */
export function readPort(text: string): number {
  const port = Number(text);
  if (/^\d+$/.test(text) && port <= 65_535) return port;
  throw new InvalidArgumentError('Give a whole number from 0 to 65535.');
}
