import { spawnSync } from 'node:child_process';
import { readdirSync } from 'node:fs';
import { type ClientNeeds, everyNeed, usualNeeds } from '@katib-push/core';
import { createPython, joinParts } from '@katib-push/python';
import { describe, expect, test } from 'vitest';
import { lines } from '../../../../../test/lines.ts';

const PARTS = new URL('../../client/parts/', import.meta.url);
const sourceOf = (needs: ClientNeeds) => createPython().then(({ client }) => client?.source(needs) ?? '');

function checkNames(source: string): string {
  const script = `import ast, builtins, sys
names = []
for node in ast.parse(sys.stdin.read()).body:
    if isinstance(node, (ast.FunctionDef, ast.ClassDef)): names.append(node.name)
    if isinstance(node, ast.Assign):
        for target in node.targets: names += [n.id for n in ast.walk(target) if isinstance(n, ast.Name)]
print(' '.join(sorted({n for n in names if names.count(n) > 1 or n in dir(builtins)})))`;
  const { stdout, stderr } = spawnSync('python3', ['-I', '-c', script], { input: source, encoding: 'utf8' });
  expect(stderr).toBe('');
  return stdout.trim();
}

describe('joined parts', () => {
  const more = new Map([
    [
      'one',
      lines`
        """One."""
        from .two import (
            add,
            double)
        from .three import other
        print(add(double(1)))

      `,
    ],
    [
      'two',
      lines`
      import os


      def add(a):
          return a + 1  # one


      def double(a):
          return 2 * a

    `,
    ],
    ['three', 'from .two import add\nother = add(1)\n'],
    ['four', 'from .five import x\n'],
    ['five', 'from .four import y\n'],
    ['six', 'from .two import add as plus\n'],
  ]);

  test('stand behind what they import', () => {
    expect(joinParts(['one'], { more })).toBe(
      lines`
        import os


        def add(a):
            return a + 1


        def double(a):
            return 2 * a


        other = add(1)


        print(add(double(1)))

      `,
    );
  });

  test('have None for what is left out', () => {
    expect(joinParts(['one'], { more, leftOut: ['two'] })).toBe(
      lines`
        add = None
        other = add(1)


        add = double = None
        print(add(double(1)))

      `,
    );
  });

  test.each([
    ['four', 'four → five → four'],
    ['six', 'add as plus'],
    ['seven', 'seven.py'],
  ])('%s can not be joined', (name, message) => {
    expect(() => joinParts([name], { more })).toThrow(message);
  });

  test('may import from those of the client', () => {
    const joined = joinParts(['end'], {
      more: new Map([['end', 'from .sender import Sender\nprint(Sender)\n']]),
    });
    expect(joined).toContain('class Rows');
    expect(joined).toMatch(/\nprint\(Sender\)\n$/);
  });

  test('all have names of their own, since they share one namespace', () => {
    const all = readdirSync(PARTS).filter((name) => name.endsWith('.py') && name !== '__init__.py');
    const joined = joinParts(all.map((name) => name.slice(0, -'.py'.length)));
    const shared = checkNames(joined).split(' ');
    // statuses and TYPE_CHECKING are the same wherever they stand
    expect(
      shared.filter((name) => !/^(OK|UNKNOWN|UNAVAILABLE|INVALID_ARGUMENT|TYPE_CHECKING)$/.test(name)),
    ).toEqual([]);
  });
});

describe('what is injected', () => {
  test('is what the trial needs', async () => {
    const parts: Readonly<Record<keyof ClientNeeds, RegExp>> = {
      customFilters: /finditer/,
      tls: /_ssl/,
      dropsOutput: /def dropping/,
    };
    for (const [need, part] of Object.entries(parts)) {
      expect(await sourceOf({ ...usualNeeds, [need]: true })).toMatch(part);
      expect(await sourceOf({ ...everyNeed, [need]: false })).not.toMatch(part);
    }
    expect(await sourceOf(everyNeed)).not.toMatch(/trainerStatus|report_metrics|ssl\.create|import thread\b/);
  });

  test('is small: 40 KB, and 32 KB in the usual case', async () => {
    expect(Buffer.byteLength(await sourceOf(everyNeed))).toBeLessThanOrEqual(40 * 1024);
    expect(Buffer.byteLength(await sourceOf(usualNeeds))).toBeLessThanOrEqual(32 * 1024);
  });

  test('is the same text for the same needs, in ASCII, without trailing blanks', async () => {
    const source = await sourceOf(everyNeed);
    expect(source).toBe(await sourceOf({ ...everyNeed }));
    expect(source).toMatch(/^"""katib-push client[\t\n\x20-\x7e]*\n$/);
    expect(source).not.toMatch(/[ \t]$/m);
  });
});
