import { describe, expect, test } from 'vitest';
import {
  type Language,
  outermostLayer,
  type Program,
  type UnwrapContext,
  unwrapContainer,
} from '../../src/index.ts';
import { fakePython, fakeShell } from './fake-languages.ts';

const seen: UnwrapContext[] = [];
const host: Language = {
  ...fakeShell,
  host: {
    command: 'sh',
    unwrap(_layer, context) {
      seen.push(context);
      return [];
    },
    sureCommand: () => ({ hindrance: 'none' }),
    syntaxError: () => undefined,
  },
};

function unwrap(command: readonly string[], args: readonly string[] = []): readonly Program[] {
  const layers = (strings: readonly string[], field: string) =>
    strings.map((text, i) => outermostLayer(text, `${field} ${i}`, `/${field}/${i}`));
  return unwrapContainer(
    { command: layers(command, 'command'), args: layers(args, 'args') },
    { environmentNames: new Set(['A']), languages: [fakePython, host] },
  );
}

describe('a container', () => {
  test('command and args are one argv', () => {
    for (const [command, args] of [
      [['python', '-c', 'print(1)'], []],
      [['python'], ['-c', 'print(1)']],
      [
        ['python', '-u'],
        ['-c', 'print(1)', '--lr', '$(A)'],
      ],
    ] as const) {
      const [program] = unwrap(command, args);
      expect(program).toMatchObject({
        kind: 'text',
        language: fakePython,
        name: 'python -c',
        role: 'main',
        dropsEnvironment: false,
      });
      expect(program?.layer.text).toBe('print(1)');
      expect(program?.layer.host?.pointer).toMatch(/^\/(command|args)\/\d$/);
    }
  });

  test('a host is asked for what its text runs', () => {
    seen.length = 0;
    const programs = unwrap(['/bin/bash', '-ec'], ['text', 'zero', 'one']);
    expect(programs).toMatchObject([
      { kind: 'text', language: host, name: 'bash -c', output: { stdout: 'container' } },
    ]);
    expect(seen).toMatchObject([{ command: 'bash', depth: 8, dropsEnvironment: false }]);
    expect(seen[0]?.args.map(({ text }) => text)).toEqual(['zero', 'one']);
  });

  test.each([
    [[], ['python', '-c', 'x'], 'not-followed', /ENTRYPOINT.*set command/],
    [['python', 'train.py'], [], 'script-in-image', /in the image: train.py/],
    [['python', '-m', 'pkg.train'], [], 'script-in-image', /module.*pkg.train/],
    [['/opt/run.sh'], ['a'], 'script-in-image', /\/opt\/run.sh/],
    [['my-trainer'], [], 'unknown-command', /my-trainer/],
    [['python'], [], 'not-followed', /standard input/],
    [['ssh', 'host', 'python'], [], 'not-followed', /another place/],
    [['$(A)'], ['-c', 'x'], 'not-followed', /only at run time/],
  ] as const)('%j %j is reported as %s', (command, args, code, reason) => {
    const programs = unwrap(command, args);
    expect(programs).toHaveLength(1);
    expect(programs[0]).toMatchObject({ kind: 'unknown', code });
    expect((programs[0] as { reason: string }).reason).toMatch(reason);
  });

  test('nothing is reported where nothing is run', () => {
    expect(unwrap([])).toEqual([]);
    expect(unwrap(['python', '--version'])).toEqual([]);
  });

  test('a long command line is shortened', () => {
    const [program] = unwrap(['my-trainer', 'x'.repeat(200)]);
    expect((program as { command: string }).command).toHaveLength(80);
  });
});
