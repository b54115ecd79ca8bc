import { followCommand, identity, type Layer } from '@katib-push/core';
import { commandLine } from '../state/call.ts';
import { claimInput, claimInputByName } from '../state/claim-input.ts';
import { reportUnknown } from '../state/found.ts';
import type { Call } from '../state/shell.ts';
import { stdoutOf, write } from '../state/write.ts';
import { toWordLayer } from '../values/to-layer.ts';
import { layerValue, type Value } from '../values/value.ts';
import { runCall } from './run-command.ts';
import { runOther } from './run-other.ts';
import { runSource } from './run-source.ts';

/** Runs a command that the shell itself doesn't know: follows it to an interpreter, a file, or to nothing known. */
export function runExternal(call: Call): void {
  const { shell } = call;
  const values = new Map<Layer, Value>();
  const words = call.words.map((value) => {
    const layer = toWordLayer(value, 'word', call.site);
    values.set(layer, value);
    return layer;
  });
  const read = (layer: Layer): Value => values.get(layer) ?? layerValue(layer, identity);
  const followed = followCommand(words, {
    languages: shell.walk.languages,
    dropsEnvironment: shell.dropsEnvironment,
  });
  switch (followed.kind) {
    case 'nothing':
      claimInputByName(knownName(call), shell);
      write(stdoutOf(shell), undefined, knownName(call), shell);
      break;
    case 'unknown': {
      const line = commandLine(call);
      write(stdoutOf(shell), undefined, line, shell);
      claimInput(knownName(call), 'some', shell);
      reportUnknown(shell, call.site, 'not-followed', followed.reason, line);
      break;
    }
    case 'command': {
      const inner = followed.words.map(read);
      const { dropsEnvironment } = followed;
      const next: Call = { ...call, words: inner, shell: { ...shell, dropsEnvironment } };
      if (inner.length < call.words.length) {
        // It reads the arguments of what it runs.
        if (knownName(call) === 'xargs') claimInput('xargs', 'some', shell);
        runCall(next, true);
      } else runOther(next);
      break;
    }
    case 'program': {
      const { language, command, flags = [], dropsEnvironment } = followed;
      // What a shell runs is walked, and reads for itself.
      if (followed.source.kind !== 'stdin' && language !== shell.walk.language)
        claimInput(command, 'some', shell);
      runSource(
        followed.source,
        { language, command, flags, args: followed.args.map(read), dropsEnvironment },
        read,
        call,
      );
    }
  }
}

function knownName(call: Call): string {
  return call.words[0]?.text ?? '';
}
