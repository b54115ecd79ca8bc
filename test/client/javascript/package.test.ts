import { reportMetrics } from '@katib-push/client';
import { describe, expect, it } from 'vitest';
import { INSTALLED, manager, prelude, push, runJavaScript } from './javascript.ts';
import { nodes } from './nodes.ts';

const REQUIRE = `const { reportMetrics } = require('@katib-push/client');\n`;

async function report(script: string, more: Partial<Parameters<typeof push>[0] & object> = {}) {
  return await push({ prelude: REQUIRE, script, files: INSTALLED, env: { KATIB_PUSH_CONFIG: '' }, ...more });
}

describe.each([...nodes()])('@katib-push/client on Node %s', (_, node) => {
  it.each([
    ['CommonJS', 'script.cjs', REQUIRE],
    ['an ES module', 'script.mjs', `import { reportMetrics } from '@katib-push/client';\n`],
    [
      'an ES module that imports it whole',
      'script.mjs',
      `import c from '@katib-push/client'; const { reportMetrics } = c;\n`,
    ],
  ])('%s', async (_name, name, head) => {
    const { rows, stdout, stderr, code } = await report(
      `console.log(reportMetrics({ loss: 0.5, 'val/acc': '1e-3' }), reportMetrics({ loss: 7n }), reportMetrics({})); process.exitCode = 4;`,
      { name, prelude: head, node },
    );
    expect({ rows, stdout, stderr, code }).toEqual({
      rows: ['loss=0.5', 'val/acc=1e-3', 'loss=7'],
      stdout: 'true true true\n',
      stderr: '',
      code: 4,
    });
  });

  it('beside a rewritten script: one client for both', async () => {
    const { rows, trial } = await push({
      node,
      files: INSTALLED,
      prelude: prelude() + REQUIRE,
      script: `_katib_push(console).log('loss=1'); reportMetrics({ auc: 2 }); _katib_push(console).log('loss=3');`,
    });
    expect(rows).toEqual(['loss=1', 'auc=2', 'loss=3']);
    expect(manager.observations(trial)).toHaveLength(3);
  });
});

describe('reportMetrics', () => {
  it('is false where there is no trial, and starts nothing', async () => {
    expect(reportMetrics({ loss: 0.5 })).toBe(false);
    const { stdout, stderr } = await runJavaScript(
      {
        prelude: REQUIRE,
        files: INSTALLED,
        script: `console.log(reportMetrics({ loss: 1 })); const { Worker } = require('worker_threads'); new Worker('', { eval: true }).once('online', function () { console.log(this.threadId) })`,
      },
      {},
    );
    expect({ stdout, stderr }).toEqual({ stdout: 'false\n1\n', stderr: '' });
  });

  it.each([
    [{ loss: 'high' }, 'metric "loss": give a name and a number, not high'],
    [{ loss: '' }, 'metric "loss"'],
    [{ loss: undefined }, 'not undefined'],
    [{ loss: null }, 'not null'],
    [{ loss: { value: 1 } }, 'metric "loss"'],
    [{ loss: [1] }, 'metric "loss"'],
    [{ '': 1 }, 'metric ""'],
  ])('throws where there is no number: %j', (metrics, message) => {
    expect(() => reportMetrics(metrics as never)).toThrow(TypeError);
    expect(() => reportMetrics(metrics as never)).toThrow(message);
  });

  it('skips what is not finite, with a note, unless it is to be pushed', async () => {
    const script = `reportMetrics({ loss: NaN }); reportMetrics({ loss: -Infinity, acc: 'nan' }); reportMetrics({ acc: 1 });`;
    const skipped = await report(script);
    expect(skipped.rows).toEqual(['acc=1']);
    expect(skipped.stderr).toBe('katib-push: 3 values are not pushed: no finite numbers (first: loss=NaN)\n');
    const pushed = await report(script, { env: { KATIB_PUSH_CONFIG: '', KATIB_PUSH_NON_FINITE: 'push' } });
    expect(pushed.rows).toEqual(['loss=NaN', 'loss=-Infinity', 'acc=nan', 'acc=1']);
    expect(pushed.stderr).toBe('');
  });

  it('does not read what is printed, where nothing asks for it', async () => {
    const { rows } = await report(`reportMetrics({ loss: 1 }); console.log('loss=2');`);
    expect(rows).toEqual(['loss=1']);
  });

  it('spills what can not be delivered', async () => {
    const { spilled, code } = await report(`reportMetrics({ loss: 1 });`, {
      env: {
        KATIB_PUSH_CONFIG: '',
        KATIB_DB_MANAGER_ADDRESS: '127.0.0.1:1',
        KATIB_PUSH_FLUSH_TIMEOUT: '0.5',
        KATIB_PUSH_ON_FAILURE: 'fail',
      },
    });
    expect({ spilled, code }).toEqual({ spilled: ['loss=1'], code: 75 });
  });

  it('in a process whose rank does not push: false', async () => {
    const { rows, stdout } = await report(`console.log(reportMetrics({ loss: 1 }))`, {
      env: { KATIB_PUSH_CONFIG: '', KATIB_PUSH_RANK: '0', RANK: '1' },
    });
    expect({ rows, stdout }).toEqual({ rows: [], stdout: 'false\n' });
  });
});
