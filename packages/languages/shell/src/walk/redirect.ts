import type { Redirect, Redirection, Word } from 'unbash';
import { expandSingle } from '../expand/expand-word.ts';
import { expandHeredoc } from '../expand/heredoc.ts';
import { substituteWithin } from '../expand/substitute-within.ts';
import { deviceOf, openFile, readFile } from '../state/files.ts';
import { fileKey } from '../state/paths.ts';
import type { Shell } from '../state/shell.ts';
import { container, type Destination, makePipe, nowhere } from '../state/streams.ts';
import { traced } from '../state/watch.ts';
import { outputOf } from '../state/write.ts';
import { knownText, writtenText } from '../values/read-value.ts';
import { addedValue, choicesOf, joinValues, readOnlyValue, type Value } from '../values/value.ts';

/** Sets a shell's streams as redirections say, from left to right. Who calls it puts the old ones back. */
export function applyRedirects(redirects: readonly Redirection[], shell: Shell): void {
  for (const redirect of redirects) {
    if (redirect.type === 'HereDoc') setInput(redirect.descriptor, expandHeredoc(redirect, shell), shell);
    else if (redirect.type === 'HereString') {
      if (redirect.target)
        setInput(
          redirect.descriptor,
          joinValues([expandSingle(redirect.target, shell), addedValue('\n')]),
          shell,
        );
    } else if (redirect.target) applyRedirect(redirect, redirect.target, shell);
  }
}

function setInput(descriptor: Redirect['descriptor'], given: Value, shell: Shell): void {
  const value = shell.shows === 'text' ? readOnlyValue(given, traced) : given;
  const number = descriptor?.type === 'FileDescriptor' ? descriptor.value : 0;
  if (number === 0) shell.input = { kind: 'known', choices: choicesOf(value) };
  else shell.files.set(`/dev/fd/${number}`, { choices: choicesOf(value) });
}

function applyRedirect(redirect: Redirect, target: Word, shell: Shell): void {
  const { operator } = redirect;
  const closes = target.text === '-';
  if (redirect.descriptor?.type === 'FileDescriptorVariable') {
    const because = 'it is written through a descriptor in a variable';
    if (!closes) shell.files.set(fileKey(expandSingle(target, shell), shell), { choices: [], because });
    return;
  }
  const descriptor = redirect.descriptor?.value;
  if (operator === '<' || operator === '<>') {
    const file = expandSingle(target, shell);
    if ((descriptor ?? 0) === 0) shell.input = readFile(file, shell);
    return;
  }
  if (operator === '<&') {
    substituteWithin(target, shell);
    if ((descriptor ?? 0) === 0 && target.text !== '0') shell.input = { kind: 'unknown' };
    return;
  }
  if (operator === '>&') {
    const copied = closes ? nowhere : copyOutput(target, descriptor !== undefined, shell);
    if (copied) {
      setOutputs([descriptor ?? 1], copied, shell);
      return;
    }
  }
  const both = operator === '&>' || operator === '&>>' || (operator === '>&' && descriptor === undefined);
  const destination = openOutput(target, operator === '>>' || operator === '&>>', shell);
  setOutputs(both ? [1, 2] : [descriptor ?? 1], destination, shell);
}

/** What `>&3` and `>&$fd` write to; absent if the word names a file. */
function copyOutput(target: Word, isCopy: boolean, shell: Shell): Destination | undefined {
  const text = /^\d+$/.test(target.text) ? target.text : knownText(expandSingle(target, shell));
  if (text !== undefined && /^\d+$/.test(text)) return outputOf(Number(text), shell);
  if (text !== undefined || (!isCopy && !/^"?\$\{?\w+(?:\[\w+\])?\}?"?$/.test(target.text))) return undefined;
  const pipe = makePipe(shell.uncertain);
  pipe.readers.push({ name: 'a descriptor known only at run time', hands: 'some', next: container });
  return pipe;
}

function setOutputs(descriptors: readonly number[], destination: Destination, shell: Shell): void {
  shell.outputs = new Map([...shell.outputs, ...descriptors.map((each) => [each, destination] as const)]);
}

/** Opens a file for writing: what it held is gone, unless it is appended to. */
function openOutput(target: Word, append: boolean, shell: Shell): Destination {
  const substitution = target.parts?.[0];
  if (substitution?.type === 'ProcessSubstitution' && substitution.operator === '>')
    return shell.walk.substitute(substitution, false, shell).pipe ?? nowhere;
  const value = expandSingle(target, shell);
  const key = fileKey(value, shell);
  const device = deviceOf(key, shell);
  if (device) return device;
  openFile(key, append, shell);
  return { kind: 'file', key, name: writtenText(value) };
}
