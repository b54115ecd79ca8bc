import type { NearMiss } from '@katib-push/core';
import { dottedPath } from '../statements/mention.ts';
import { type Script, textOf } from '../syntax/script.ts';

/** A kind of call by the path of its callee; `imports` has to be imported for it to be that. */
interface Kind {
  readonly kind: NearMiss['kind'];
  readonly path: RegExp;
  readonly imports?: RegExp;
}

const KINDS: readonly Kind[] = [
  { kind: 'tracker', path: /^(?:wandb(?:\.run)?|run|(?:self\.)?wandb_run)\.log$/, imports: /^wandb\b/ },
  { kind: 'tracker', path: /^mlflow\.log_metrics?$/ },
  { kind: 'tracker', path: /(?:^|\.)\w*(?:writer|board|logger)\w*\.add_scalars?$/i },
  { kind: 'tracker', path: /(?:^|\.)tf\.summary\.scalar$|^tensorflow\.summary\.scalar$/ },
  { kind: 'tracker', path: /(?:^|\.)\w*(?:experiment|exp|neptune|comet|aim|task)\w*\.log_metrics?$/i },
  { kind: 'tracker', path: /^self\.log(?:_dict|_metrics)?$/, imports: /^(?:pytorch_)?lightning\b/ },
  { kind: 'native', path: /^(?:tf|tensorflow)\.print$/ },
  { kind: 'native', path: /^jax\.debug\.print$/ },
  { kind: 'library', path: /\.fit$/, imports: /^(?:keras|tensorflow|tf_keras)\b/ },
  { kind: 'library', path: /\.fit$/, imports: /^(?:pytorch_)?lightning\b/ },
  { kind: 'library', path: /^(?:xgb|xgboost|lgb|lightgbm)\.(?:train|cv)$/ },
  { kind: 'library', path: /(?:^|\.)\w*[tT]rainer\w*\.(?:train|evaluate)$/, imports: /^transformers\b/ },
];

/** The last names of the paths above. */
const TOKENS =
  /\b(?:log|log_metrics?|log_dict|add_scalars?|scalar|print|fit|train|cv|evaluate|\w*(?:print|log)\w*)[ \t]*\(/g;

/** Names of functions that print what they are given, as people call them. */
const WRAPPER = /^(?:\w+_)?(?:print|log|echo|info)(?:_\w+)?$/i;

/** Modules whose functions of such names print nothing, or are known as output statements. */
const OTHERS =
  /^(?:math|cmath|numpy|np|torch|jax|tensorflow|tf|logging|builtins|pprint|warnings|rich|click|absl|loguru|tqdm|sys|os|scipy|pandas|wandb|mlflow|optuna)\b/;

/** Calls that people take for output that Katib reads: trackers, libraries that print by themselves, imported wrappers. */
export function findNearMisses(script: Script): readonly NearMiss[] {
  const paths = [...script.paths()].map(([, path]) => path);
  const kinds = KINDS.filter(({ imports }) => !imports || paths.some((path) => imports.test(path)));
  const found: NearMiss[] = [];
  for (const match of script.text.matchAll(TOKENS)) {
    const name = script.root.at(match.index);
    if (name.type !== 'identifier') continue;
    const callee = name.parent?.type === 'attribute' && name.parent.to === name.to ? name.parent : name;
    const call = callee.parent;
    if (call?.type !== 'call' || call.from !== callee.from) continue;
    const written = script.text.slice(callee.from, callee.to);
    const path = dottedPath(script, callee) ?? written;
    const kind = kinds.find((one) => one.path.test(path) || one.path.test(written))?.kind;
    const place = { from: call.from, to: call.to, sink: written };
    if (kind) found.push({ ...place, kind });
    else if (isImported(script, path, textOf(script, name), written))
      found.push({ ...place, kind: 'wrapper' });
  }
  return found;
}

/** `print_rank_0` of `from helpers import print_rank_0`, `log` of `import helpers` and `helpers.log`. */
function isImported(script: Script, path: string, name: string, written: string): boolean {
  const [head = ''] = written.split('.', 1);
  return WRAPPER.test(name) && !OTHERS.test(path) && script.paths().has(head);
}
