import { limits } from '../limits.ts';
import { noteProgram, reportUnknown } from '../state/found.ts';
import { programLayer } from '../state/program-layer.ts';
import type { Call } from '../state/shell.ts';
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
  const interpreter = { command: '', flags: [], ...shell.interpreter };
  const { dropsEnvironment } = shell;
  noteProgram(shell, { language, layer, name, role: 'main', dropsEnvironment, interpreter });
  shell.callDepth++;
  runText(layer, shell);
  shell.callDepth--;
}
