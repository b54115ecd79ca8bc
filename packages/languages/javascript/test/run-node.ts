import { execFileSync } from 'node:child_process';

/** Runs each text in a function of its own and answers with all that it wrote to either stream, in order. */
const HARNESS = `
const texts = JSON.parse(require('fs').readFileSync(0, 'utf8'));
const own = process.stdout.write.bind(process.stdout);
const results = texts.map((text) => {
  let written = '';
  for (const stream of [process.stdout, process.stderr])
    stream.write = (chunk) => { written += typeof chunk === 'string' ? chunk : chunk.toString(); return true; };
  try {
    new Function('require', 'process', text)(require, process);
  } catch (error) {
    written += 'threw ' + error;
  }
  return written;
});
own(JSON.stringify(results));
`;

/** What node prints for each of the texts. They are CommonJS. */
export function printAll(texts: readonly string[]): readonly string[] {
  const output = execFileSync(process.execPath, ['-e', HARNESS], {
    input: JSON.stringify(texts),
    encoding: 'utf8',
  });
  return JSON.parse(output) as readonly string[];
}
