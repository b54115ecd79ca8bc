import { dottedPath, pathsOf } from '../names/imports.ts';
import { originOf } from '../names/origin.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { loadedPaths } from './quiet-modules.ts';

/** A library that prints metrics by itself while one of its methods or functions runs. */
interface Library {
  /** Its packages. */
  readonly packages: RegExp;
  /** Its methods and functions. */
  readonly calls: readonly string[];
  /** What people call the object where nothing says what made it; absent for a library whose objects have no name of their own. */
  readonly names?: RegExp;
  /** How it prints a metric, `{}` for the name; absent where no filter could read it, such as a table. */
  readonly form?: string;
}

const LIBRARIES: readonly Library[] = [
  {
    packages: /^(?:keras|tensorflow|tf_keras|paddle)\b/,
    calls: ['fit', 'fit_generator', 'evaluate'],
    names: /./,
    form: ' - {}: 0.1234',
  },
  {
    packages: /^(?:pytorch_)?lightning\b/,
    calls: ['fit', 'validate', 'test'],
    names: /trainer/i,
    form: 'Epoch 0: 100%|█| 8/8 [00:01<00:00, {}=0.123]',
  },
  {
    packages: /^(?:transformers|trl|setfit|sentence_transformers|peft|unsloth|mmengine|detectron2)\b/,
    calls: ['train', 'fit', 'evaluate'],
    names: /trainer|runner/i,
    form: "{'{}': 0.1234}",
  },
  { packages: /^xgboost\b/, calls: ['train', 'fit', 'cv'], form: '[0]\t{}:0.12345' },
  { packages: /^lightgbm\b/, calls: ['train', 'fit', 'cv'], form: "[1]\tvalid_0's {}: 0.12345" },
  { packages: /^catboost\b/, calls: ['train', 'fit', 'cv'] },
  {
    packages: /^(?:fastai|fastcore)\b/,
    calls: ['fit', 'fit_one_cycle', 'fit_flat_cos', 'fine_tune', 'validate'],
    names: /learn/i,
  },
  { packages: /^ultralytics\b/, calls: ['train', 'val'], names: /yolo/i },
  { packages: /^stable_baselines3\b/, calls: ['learn'], names: /./ },
  { packages: /^(?:autogluon|flaml|pycaret|h2o)\b/, calls: ['fit', 'train'], names: /automl|predictor/i },
];

/** The names of their methods and functions, as alternatives of a pattern. */
export const LIBRARY_CALLS = [...new Set(LIBRARIES.flatMap(({ calls }) => calls))].join('|');

/**
 * The library that prints metrics by itself while a call runs; absent for none. It is a call of its module (`xgb.train`), of what it made
 * (`t = Trainer(…)`), or of what is called as people call that.
 */
export function findPrintingLibrary(script: Script, callee: Syntax, word: string): Library | undefined {
  const known = LIBRARIES.filter(({ calls }) => calls.includes(word));
  if (known.length === 0) return undefined;
  const receiver = callee.type === 'attribute' ? callee.field('object') : undefined;
  if (!receiver) return libraryOf(known, dottedPath(script, callee));
  const { path, madeBy } = originOf(script, receiver);
  const written = textOf(script, receiver);
  const maker = madeBy ?? (path === written ? undefined : path);
  const found = libraryOf(known, maker);
  if (found || (maker !== undefined && !isLocal(script, maker))) return found;
  const loaded = loadedPaths(script);
  return known.find(
    ({ packages, names }) => names?.test(written) && loaded.some((path) => packages.test(path)),
  );
}

function libraryOf(libraries: readonly Library[], path: string | undefined): Library | undefined {
  return path === undefined ? undefined : libraries.find(({ packages }) => packages.test(path));
}

/** Whether a maker is a function or class of this file, of which nothing more is known. */
function isLocal(script: Script, maker: string): boolean {
  return !maker.includes('.') && !pathsOf(script).has(maker);
}
