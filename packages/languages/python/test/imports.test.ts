import { expect, test } from 'vitest';
import { lines } from '../../../../test/lines.ts';
import { loadGrammar } from '../src/grammar.ts';
import { pathsOf } from '../src/names/imports.ts';
import { createScript } from '../src/syntax/script.ts';

const { parser } = await loadGrammar();

/** What the imports of a text bind. */
function importsOf(text: string): Readonly<Record<string, string>> {
  const tree = parser.parse(text);
  if (!tree) throw new Error('the parser has a language');
  try {
    return Object.fromEntries(pathsOf(createScript(text, tree, { opaque: [] })));
  } finally {
    tree.delete();
  }
}

test.each([
  ['import os', { os: 'os' }],
  ['import os.path', { os: 'os' }],
  ['import numpy as np, os.path as p', { np: 'numpy', p: 'os.path' }],
  ['from sys import stdout', { stdout: 'sys.stdout' }],
  ['from a.b import c as d, e', { d: 'a.b.c', e: 'a.b.e' }],
  ['from a import (b,  # c, d\n  e as f,\n)', { b: 'a.b', f: 'a.e' }],
  ['from a \\\n  import b', { b: 'a.b' }],
  ['from . import x', { x: '.x' }],
  ['from.y import z', { z: '.y.z' }],
  ['from ..a.b import c', { c: '..a.b.c' }],
  ['from .import x', { x: '.x' }],
  ['from a import *', {}],
  ['import a; import b\nif x: from c import d', { a: 'a', b: 'b', d: 'c.d' }],
  ['def f():\r\n\timport g as h\r\n', { h: 'g' }],
  ['from naïve import été as e', { e: 'naïve.été' }],
  [
    lines`
    """
    import a
    """
    # import b
    x = "import c"
    importer = 1
  `,
    {},
  ],
  ['from __future__ import annotations', {}],
])('%s', (text, bound) => {
  expect(importsOf(text)).toEqual(bound);
});
