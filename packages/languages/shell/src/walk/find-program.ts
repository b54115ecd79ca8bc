import type { Language, Layer } from '@katib-push/core';
import { commandLine } from '../state/call.ts';
import { claimInput } from '../state/claim-input.ts';
import { noteProgram, reportUnknown } from '../state/found.ts';
import { folderOf, resolve, startFolder } from '../state/paths.ts';
import { programLayer } from '../state/program-layer.ts';
import { type Call, dialectOf, setVariable, subshell } from '../state/shell.ts';
import { shownBy } from '../state/watch.ts';
import { stderrOf, stdoutOf, write } from '../state/write.ts';
import { pieceText, type Value } from '../values/value.ts';
import { runText } from './run-text.ts';

/** How a program is run. */
export interface Run {
  readonly language: Language;
  /** Base name of the interpreter. */
  readonly command: string;
  /** Its flags, one by one. */
  readonly flags: readonly string[];
  /** The file's name, `python -c`, `stdin`. */
  readonly name: string;
  /** Key of the file; absent for a text that is in none. */
  readonly file?: string;
  /** Words from `$0` on. */
  readonly args: readonly Value[];
  readonly dropsEnvironment: boolean;
}

/** Notes a program of each text it may have, and what these texts run in turn. */
export function findProgram(choices: readonly Value[], run: Run, call: Call): void {
  const { shell } = call;
  for (const value of choices) {
    if (isUnknown(value)) {
      const reason = `the text of ${run.name} is known only at run time`;
      reportUnknown(shell, call.site, 'not-followed', reason);
      if (run.language === shell.walk.language) claimInput(run.command, 'some', shell);
      continue;
    }
    const layer = programLayer(value, run.name, call);
    const { language, name, dropsEnvironment, command, flags } = run;
    const interpreter = { command, flags };
    noteProgram(shell, { language, layer, name, role: 'main', dropsEnvironment, interpreter });
    if (run.language === shell.walk.language) runShell(layer, run, call);
    else if (shell.depth > 1) findModules(layer, run, call);
  }
  if (run.language !== shell.walk.language) {
    write(stdoutOf(shell), undefined, run.command, shell);
    if (stderrOf(shell) !== stdoutOf(shell)) write(stderrOf(shell), undefined, run.command, shell);
  }
}

/** Whether nothing of the text is known: `python -c "$CODE"`. */
function isUnknown(value: Value): boolean {
  return (
    value.pieces.some((piece) => piece.kind === 'expansion') &&
    value.pieces.every((piece) => piece.kind === 'expansion' || pieceText(piece).trim() === '')
  );
}

/** A shell script that a shell runs: walked here, so that it sees the files written before. */
function runShell(layer: Layer, run: Run, call: Call): void {
  const { shell } = call;
  if (isTooDeep(call)) {
    write(stdoutOf(shell), undefined, run.command, shell);
    return;
  }
  const inner = subshell(shell);
  // Which of them are exported isn't followed.
  for (const name of shell.variables.keys()) setVariable(inner, name, []);
  inner.arrays = new Map();
  inner.functions = new Map();
  inner.args = run.args;
  inner.argsKnown = true;
  inner.callDepth = 0;
  runText(layer, {
    ...inner,
    dialect: dialectOf(run.command),
    shows: shownBy(run.flags),
    interpreter: { command: run.command, flags: run.flags },
    dropsEnvironment: run.dropsEnvironment,
    depth: shell.depth - 1,
  });
}

function isTooDeep(call: Call): boolean {
  if (call.shell.depth > 1) return false;
  claimInput(call.words[0]?.text ?? '', 'some', call.shell);
  reportUnknown(call.shell, call.site, 'not-followed', 'scripts run each other too deep', commandLine(call));
  return true;
}

/** Files beside a program that it loads, as far as the script has written them. */
function findModules(main: Layer, run: Run, call: Call): void {
  const { shell } = call;
  const { extensions } = run.language;
  const known = [...shell.files.keys()].filter(
    (key) => key !== run.file && extensions.some((end) => key.endsWith(end)),
  );
  if (known.length === 0) return;
  const seen = new Set<string>(run.file === undefined ? [] : [run.file]);
  const folder = run.file === undefined ? shell.cwd : folderOf(run.file);
  const visit = (layer: Layer): void => {
    const document = run.language.parse(layer.text, { opaque: layer.opaque });
    const modules = document.modules();
    document.dispose();
    for (const path of modules) {
      const key = resolve(path, folder === '' ? startFolder : folder);
      const file = shell.files.get(key);
      if (!file || seen.has(key)) continue;
      seen.add(key);
      for (const value of file.choices) {
        const module = programLayer(value, path, call);
        const { language, dropsEnvironment } = run;
        noteProgram(shell, { language, layer: module, name: path, role: 'module', dropsEnvironment });
        visit(module);
      }
      if (file.choices.length === 0)
        reportUnknown(
          shell,
          call.site,
          'not-followed',
          `${path} is loaded, and ${file.because ?? 'its text is not known'}`,
          path,
        );
    }
  };
  visit(main);
}
