import fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { Node, Tree } from 'web-tree-sitter';
import { plainStatements } from '../../../../test/languages/questions.ts';
import { lines } from '../../../../test/lines.ts';
import { loadGrammar } from '../src/grammar.ts';
import { blankComments } from '../src/syntax/blank-comments.ts';
import { editsOf, rewrite, withDocument } from './python.ts';

const { parser } = await loadGrammar();

const RUN = '# print("loss=1")\n'.repeat(40);

/** The tree without its comments: what each node is, and where. Where a block ends may depend on the comments behind it. */
function showTree(text: string): string {
  const tree = parser.parse(text) as Tree;
  const lines: string[] = [];
  const walk = (node: Node): void => {
    if (node.type === 'comment') return;
    const own = node.children.some((child) => child?.type !== 'comment');
    lines.push(`${node.type} ${node.startIndex}${own ? '' : ` ${node.endIndex}`}`);
    for (const child of node.children) if (child) walk(child);
  };
  walk(tree.rootNode);
  tree.delete();
  return lines.join('\n');
}

/** Without blanks, each of these would take the parser minutes to hours. */
describe('long runs of comments', () => {
  test.each([
    ['of whole lines', '# loss=1\n'],
    ['with blank lines in between', '#\n\n'],
    ['with quotes in them', `# it's """\n`],
    ['with line ends of Windows', '# loss=1\r\n'],
    ['of suppressions', '# katib-push: ignore\n'],
  ])('%s hold up neither a parse nor a rewrite', (_, comment) => {
    const comments = comment.repeat(40_000);
    const text = `import os\n${comments}y = 1\nprint(f"loss={x}")\n${comments}`;
    const after = rewrite(text, 'env');
    expect(after.endsWith(`\ny = 1\n_katib_push(print)(f"loss={x}")\n${comments}`)).toBe(true);
  });

  test('within a block do so, too', () => {
    const text = `if x:\n    y = 1\n${'    # y\n'.repeat(200_000)}    print(y)\n`;
    withDocument(text, (document) => {
      expect(document.problem).toBeUndefined();
      expect(document.statements()).toMatchObject([{ sink: 'print', from: text.length - 9 }]);
    });
  });

  test('blank lines are no trouble', () => {
    const text = `x = 1\n${'   \n\n'.repeat(100_000)}print(x)\n`;
    withDocument(text, ({ statements }) => expect(statements()).toHaveLength(1));
  });
});

describe('blanks', () => {
  test('are as long as the comments, and leave the first ones of a run', () => {
    const { text, comments } = blankComments(`x\n${RUN}y\n`);
    expect(text).toBe(`x\n${RUN.slice(0, 16 * 18)}${`${' '.repeat(17)}\n`.repeat(24)}y\n`);
    expect(comments).toHaveLength(24);
  });

  test.each([
    ['a short run', `x\n${'# a\n'.repeat(16)}y\n`],
    ['comments behind code', 'x  # a\n'.repeat(100)],
    ['a string', `x = """\n${RUN}"""\n`],
    ['a string with an escaped quote', `x = '''\\'''\n${RUN}'''\n`],
    ['an f-string with expressions', `x = f"""\n${'# {x}\n'.repeat(40)}"""\n`],
    ['a continued string', `x = "\\\n${'# a\\\n'.repeat(40)}"\n`],
    ['a string that does not end', `x = """\n${RUN}`],
  ])('leave %s alone', (_, text) => {
    expect(blankComments(text)).toEqual({ text, comments: [] });
  });

  test.each([
    ['a quote within a comment', `# it's\n${RUN}`],
    ['a quote that does not end on its line', `x = 'a\n${RUN}`],
    ['strings', `x = "'''" + '"""' + """'"#""" + r'\\'\n${RUN}`],
    ['a byte order mark', `\uFEFF${RUN}`],
  ])('are found behind %s', (_, text) => {
    expect(blankComments(text).comments.length).toBeGreaterThan(20);
  });

  const line = fc.constantFrom(
    'x = 1',
    'if x:\n    y = 1\n    z = 2',
    '\tx',
    lines`
      def f(a,
            b):
          """#
      #"""
          return f"""{a}
      # {b}"""
    `,
    'for i in x:',
    '    pass',
    'x = [\n  1,',
    ']',
    'x = 1 + \\',
    "y = '''",
    "'''",
    '',
    '    ',
    'class A:\n    def m(self):\n        pass',
    ...['', '    ', '\t', '  '].map((indent) => `${indent}# it's "a": \\`.concat('\n').repeat(20).trimEnd()),
  );

  test('change nothing in the tree but the comments', () => {
    fc.assert(
      fc.property(
        fc.array(line, { minLength: 1, maxLength: 10 }),
        fc.constantFrom('\n', '\r\n'),
        (lines, newline) => {
          const text = lines.join('\n').replaceAll('\n', newline);
          const blanked = blankComments(text).text;
          expect(blanked).toHaveLength(text.length);
          const whole = parser.parse(text) as Tree;
          const { hasError } = whole.rootNode;
          whole.delete();
          // a text with an error is left alone: only that must be the same
          const short = parser.parse(blanked) as Tree;
          expect(short.rootNode.hasError).toBe(hasError);
          short.delete();
          if (!hasError) expect(showTree(blanked)).toBe(showTree(text));
        },
      ),
      { numRuns: 500 },
    );
  });
});

describe('in a run that the parser was not given', () => {
  test('a suppression counts, and is reported where nothing uses it', () => {
    const text = `x\n${RUN}# katib-push: ignore secret\nprint(x)\n${RUN}# katib-push: ignore b\nx = 1\n`;
    withDocument(text, (document) => {
      expect(document.statements()).toMatchObject([{ suppressed: { reason: 'secret' } }]);
      const [unused] = document.unusedSuppressions();
      expect(text.slice(unused?.from, unused?.to)).toBe('# katib-push: ignore b');
    });
  });

  test.each([
    ['Python 2', `raise (\n${'# raise A, b\n'.repeat(40)}X)\n`],
    ['imports', `from a import (\n${'#; import b\n'.repeat(40)}c)\n`],
    ['output', `x\n${'# print(1); os.write(1, b"")\n'.repeat(40)}`],
  ])('there is no %s', (_, text) => {
    withDocument(text, (document) => {
      expect(document.problem).toBeUndefined();
      expect(document.statements()).toEqual([]);
      expect(document.unreadable()).toEqual([]);
      expect(document.modules().filter((name) => name.startsWith('b'))).toEqual([]);
    });
  });

  test('the prelude may stand, and the text is the same again', () => {
    // nothing but directives in front of it: the first comment that may give its place is blank
    const text = `import os\n${'# noqa\n'.repeat(20)}${RUN}print(f"loss={x}")\n`;
    withDocument(text, (document) => {
      const edits = editsOf(document, 'env');
      const { document: next, changed, unproven } = document.edit(edits);
      expect(unproven).toBeUndefined();
      expect(changed.length).toBeGreaterThan(0);
      expect(next.problem).toBeUndefined();
      expect(next.text).toContain('# noqa\n_katib_push=');
      expect(next.statements()).toMatchObject([{ wrapped: true }]);
      // and once more
      const again = next.edit([]);
      expect(again.changed).toEqual([]);
      expect(plainStatements(again.document)).toEqual(plainStatements(next));
      again.document.dispose();
      next.dispose();
    });
  });

  test('an edit is not proven', () => {
    const text = `x\n${RUN}`;
    withDocument(text, (document) => {
      const edit = {
        from: text.length - 1,
        to: text.length - 1,
        insert: 'x',
        reason: '',
      } as const;
      const { document: next, unproven } = document.edit([edit]);
      expect(unproven).toBe('an edit would lie in a comment');
      expect(next.text).toBe(`${text.slice(0, -1)}x\n`);
      next.dispose();
    });
  });
});
