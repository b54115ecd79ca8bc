import type { Call } from '../state/shell.ts';
import { runCat, runTee } from './cat.ts';
import { runEcho } from './echo.ts';
import { copyFile, editFile, removeFiles } from './files.ts';
import { evaluate, leave, locate, runDirectly, runTrap, sourceFile, takeOver } from './flow.ts';
import { changeFolder, makeFolders, makeTemporary, popFolder, printFolder } from './folders.ts';
import { runPrintf } from './printf.ts';
import { readVariable } from './read.ts';
import { declareVariables, setArguments, shiftArguments, unsetVariables } from './variables.ts';

/** The commands that a shell's walk understands, by name. What isn't here is followed or looked up among the harmless. */
export const commands: Readonly<Record<string, (call: Call) => void>> = {
  // Text
  cat: runCat,
  echo: runEcho,
  printf: runPrintf,
  tee: runTee,

  // Variables
  declare: declareVariables,
  export: declareVariables,
  local: declareVariables,
  mapfile: readVariable,
  read: readVariable,
  readarray: readVariable,
  readonly: declareVariables,
  set: setArguments,
  shift: shiftArguments,
  typeset: declareVariables,
  unset: unsetVariables,

  // Folders
  cd: changeFolder,
  mkdir: makeFolders,
  mktemp: makeTemporary,
  popd: popFolder,
  pushd: changeFolder,
  pwd: printFolder,

  // Files
  cp: copyFile,
  install: copyFile,
  ln: copyFile,
  mv: copyFile,
  rm: removeFiles,
  sed: editFile,
  unlink: removeFiles,

  // What is run
  '.': sourceFile,
  builtin: runDirectly,
  command: runDirectly,
  eval: evaluate,
  exec: takeOver,
  exit: leave,
  return: () => {},
  source: sourceFile,
  trap: runTrap,
  which: locate,
};
