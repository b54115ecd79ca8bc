import { run } from '../../packages/cli/src/index.ts';
import { processIo } from '../../packages/cli/src/process-io.ts';
import { root } from './root.ts';

/**
 * What `katib-push` prints without a terminal and without an input: the lines of both outputs as they come.
 *
 * @param cwd the folder that it is called in; default: the root of the repository
 */
export async function runCommand(words: readonly string[], cwd: string = root): Promise<string> {
  const lines: string[] = [];
  const stdout = linesInto(lines);
  const stderr = linesInto(lines);
  const env = { COLUMNS: '120' };
  const readStdin = async () => new Uint8Array();
  await run(words, { ...processIo(), cwd, env, readStdin, stdout, stderr });
  return [...lines, stdout.rest(), stderr.rest()].join('');
}

/** An output that adds whole lines to those of another one. */
function linesInto(lines: string[]) {
  const decoder = new TextDecoder();
  let rest = '';
  return {
    isTTY: false,
    write: (data: string | Uint8Array) => {
      rest += typeof data === 'string' ? data : decoder.decode(data, { stream: true });
      const end = rest.lastIndexOf('\n') + 1;
      if (end > 0) lines.push(rest.slice(0, end));
      rest = rest.slice(end);
    },
    rest: () => rest,
  };
}
