import { expect, test } from 'vitest';
import { readShebang } from '../../src/index.ts';

test.each([
  ['#!/usr/bin/python3\nx', ['/usr/bin/python3']],
  ['#! /usr/bin/env python3  \r\nx', ['/usr/bin/env', 'python3']],
  ['#!/usr/bin/env -S python3 -u\n', ['/usr/bin/env', '-S python3 -u']],
  ['#!/bin/sh', ['/bin/sh']],
  [' #!/bin/sh', []],
  ['#!\n', []],
  ['', []],
])('%j', (text, expected) => expect(readShebang(text)).toEqual(expected));
