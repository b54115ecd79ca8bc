import { expect, test } from 'vitest';
import { trimClient } from '../src/trim-client.ts';

test('leaves out what only readers and the package need, and no byte of a string', () => {
  const source = `"""The client."""
# why
import sys, os

NAMES = ('a, b', "c = d # e")  # two


class Reader:
    """Reads."""

    def read(self, text):
        """Reads a text,

        line by line."""
        # each
        if text == 'self, # x':  # this one
            return self.last
        for each in text:
            if each:
                return -1 + 0.5 * 10.25 if '0.5' in text else '' or 0


# region package
def report(metrics):
    pass
# endregion


read = Reader().read
`;
  expect(trimClient(source)).toBe(`"""The client."""
import sys,os
NAMES=('a, b',"c = d # e")
class Reader:
 def read(me,text):
  if text=='self, # x':return me.last
  for each in text:
   if each:return -1+.5*10.25 if'0.5'in text else''or 0
read=Reader().read
`);
});
