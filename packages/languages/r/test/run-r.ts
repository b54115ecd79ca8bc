import { spawnSync } from 'node:child_process';
import { existsSync, readFileSync, writeFileSync } from 'node:fs';
import { pathToFileURL } from 'node:url';
import type { Ran } from '../../../../test/conformance/index.ts';

/**
 * What R wrote is kept in `recorded/`, since few machines have R and none can be had quickly from a registry. Where
 * there is one, it runs again, and has to write the same: `Rscript` on the PATH, or `WEBR`, the path of an installed
 * package `webr` (R as WebAssembly, 170 MB). `UPDATE=1` with one of them records.
 */
const fileOf = (name: string) => new URL(`recorded/${name}.json`, import.meta.url);

/** Not a dependency: used where it is. */
const RSCRIPT = 'Rscript';

interface Recorded extends Ran {
  readonly text: string;
}

/** Runs a script, or gives what was recorded under its name; `undefined` where there is neither. */
export async function runR(text: string, name: string): Promise<Ran | undefined> {
  const ran = (await runWebR(text)) ?? runRscript(text);
  if (ran) {
    const record: Recorded = { text, ...ran };
    if (process.env.UPDATE === '1' && name !== 'program')
      writeFileSync(fileOf(name), `${JSON.stringify(record, undefined, 2)}\n`);
    return ran;
  }
  if (!existsSync(fileOf(name))) return undefined;
  const kept: Recorded = JSON.parse(readFileSync(fileOf(name), 'utf8'));
  if (kept.text !== text)
    throw new Error(`recorded/${name}.json holds another text: record it again, on a machine with R`);
  return kept;
}

function runRscript(text: string): Ran | undefined {
  const { status, stdout, stderr, error } = spawnSync(RSCRIPT, ['--vanilla', '-e', text], {
    encoding: 'utf8',
  });
  return error ? undefined : { stdout, stderr, exitCode: status ?? 1 };
}

interface Line {
  readonly type: 'stdout' | 'stderr';
  readonly data: string;
}

/** What is used of webr: https://docs.r-wasm.org/webr/latest/evaluating.html */
interface WebR {
  init(): Promise<void>;
  evalR(code: string): Promise<unknown>;
  readonly Shelter: new () => Promise<{
    captureR(code: string, options: object): Promise<{ readonly output: readonly Line[] }>;
    purge(): Promise<void>;
  }>;
}

let webR: Promise<WebR> | undefined;

async function runWebR(text: string): Promise<Ran | undefined> {
  const { WEBR } = process.env;
  if (!WEBR) return undefined;
  webR ??= import(pathToFileURL(`${WEBR}/dist/webr.mjs`).href).then(async (module) => {
    const started: WebR = new module.WebR({ interactive: false });
    await started.init();
    return started;
  });
  const shelter = await new (await webR).Shelter();
  try {
    const env = await (await webR).evalR('new.env()');
    const options = { env, withAutoprint: true, captureStreams: true, captureConditions: false };
    const { output } = await shelter.captureR(text, options);
    const written = (stream: string) =>
      output.flatMap(({ type, data }) => (type === stream ? [`${data}\n`] : [])).join('');
    const stderr = written('stderr');
    return { stdout: written('stdout'), stderr, exitCode: Number(/^Error\b/m.test(stderr)) };
  } finally {
    await shelter.purge();
  }
}
