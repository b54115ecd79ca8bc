import { limits } from '../limits.ts';
import { programLayer } from '../state/program-layer.ts';
import { reportUnknown } from '../state/report-unknown.ts';
import type { Call } from '../state/shell.ts';
import { stderrOf, stdoutOf } from '../state/write.ts';
import type { Value } from '../values/value.ts';
import { runText } from './run-text.ts';

/** Runs a text in the shell itself: what `eval` and `source` read. */
export function runHere(value: Value, name: string, call: Call): void {
  const { shell } = call;
  if (shell.callDepth >= limits.calls) {
    reportUnknown(shell, call.site, 'not-followed', 'eval and source nest too deep');
    return;
  }
  const layer = programLayer(value, name, call);
  const { language } = shell.walk;
  shell.walk.found.push({
    kind: 'text',
    program: {
      kind: 'text',
      language,
      layer,
      name,
      role: 'main',
      dropsEnvironment: shell.dropsEnvironment,
      interpreter: { command: '', flags: [], ...shell.interpreter },
    },
    stdout: stdoutOf(shell),
    stderr: stderrOf(shell),
  });
  shell.callDepth++;
  runText(layer, shell);
  shell.callDepth--;
}
