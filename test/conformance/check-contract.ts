import { everyNeed } from '@katib-push/core';
import type { Subject } from './language-tests.ts';

/** 40 KB: the source is copied into every trial. */
const LARGEST_CLIENT = 40 * 1024;

/** What is wrong with the language object itself: one sentence each, which says what to write. */
export function checkContract({ language, interpreter }: Subject): readonly string[] {
  const { name, interpreters, extensions, comments, literal, client } = language;
  const faults: string[] = [];
  if (!/^[a-z][a-z0-9+#-]*$/.test(name))
    faults.push(`name: ${JSON.stringify(name)} is not a lower-case word`);
  const own = interpreters.find(({ command }) => command.test(interpreter));
  if (!own)
    faults.push(
      `interpreters: none matches ${JSON.stringify(interpreter)}; write how the interpreter is called and what its flags mean`,
    );
  for (const { command, flagsWithArgument, flagsThatExit = [], inlineFlag, moduleFlag } of interpreters) {
    if (command.global || command.sticky)
      faults.push(`interpreters: ${command} keeps a position between calls; leave out g and y`);
    if (command.test(`no-${interpreter}-no`))
      faults.push(`interpreters: ${command} matches inside of a longer word; anchor it with ^ and $`);
    for (const flag of [...flagsWithArgument, ...flagsThatExit, inlineFlag, moduleFlag])
      if (flag !== undefined && !/^[-+]/.test(flag)) faults.push(`interpreters: ${flag} is not a flag`);
  }
  if (extensions.length === 0)
    faults.push('extensions: empty; write how files of the language end, with the dot');
  for (const ending of extensions)
    if (!/^\.\w+$/.test(ending)) faults.push(`extensions: ${JSON.stringify(ending)} is not a dot and a word`);
  if (comments.line.trim() === '')
    faults.push('comments: no line; write what begins a comment that ends with its line');
  if (client && !literal)
    faults.push('literal: absent; write how a text becomes an expression of the language');
  if (client) {
    const size = Buffer.byteLength(client.source(everyNeed));
    if (size > LARGEST_CLIENT)
      faults.push(`client: ${size} bytes; ${LARGEST_CLIENT} at most travel with every trial`);
    if (!/^KATIB_PUSH_[A-Z0-9]+$/.test(client.environmentVariable))
      faults.push(`client: ${client.environmentVariable} is not KATIB_PUSH_ and a name`);
  }
  return faults;
}
