import type { NearMiss } from '@katib-push/core';
import { readCall } from '../names/call.ts';
import { dottedPath, pathsOf } from '../names/imports.ts';
import { callsAt } from '../syntax/call-at.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { findPrintingLibrary, LIBRARY_CALLS } from './printing-libraries.ts';

/** A kind of call by the path of its callee; `imports` has to be imported for it to be that. */
interface Kind {
  readonly kind: NearMiss['kind'];
  readonly path: RegExp;
  readonly imports?: RegExp;
}

const KINDS: readonly Kind[] = [
  {
    kind: 'tracker',
    path: /^(?:wandb(?:\.run)?|run|(?:self\.)?(?:wandb_)?run|wandb_logger)\.log$/,
    imports: /^wandb\b/,
  },
  { kind: 'tracker', path: /^(?:swanlab|trackio)\.log$|^(?:\w+\.)*accelerator\.log$/ },
  { kind: 'tracker', path: /(?:^|\.)(?:log_metrics?|log_scalar|report_scalar|add_scalars?)$/ },
  { kind: 'tracker', path: /^(?:tf|tensorflow)\.(?:compat\.v\d\.)?summary\.scalar$/ },
  { kind: 'tracker', path: /^(?:self\.)?(?:aim_)?run\.track$/, imports: /^aim\b/ },
  { kind: 'tracker', path: /^(?:ray\.)?(?:train|tune|air\.session|session)\.report$/, imports: /^ray\b/ },
  { kind: 'tracker', path: /^self\.log(?:_dict|_metrics)?$/, imports: /^(?:pytorch_)?lightning\b/ },
  { kind: 'native', path: /^(?:tf|tensorflow)\.print$/ },
  { kind: 'native', path: /^jax\.debug\.print$/ },
];

/** The last names of the paths above, and of what libraries give; of wrappers, from the telling part on. */
const TOKENS = new RegExp(
  String.raw`\b(?:add_scalars?|scalar|report\w*|track|${LIBRARY_CALLS})[ \t]*\(|(?:print|log|echo|info|show)\w*[ \t]*\(`,
  'gi',
);

/** Names of functions that print what they are given, as people call them. */
const WRAPPER = /^(?!report_metrics$)(?:\w*print\w*|(?:\w+_)?(?:log|echo|info|report|show)(?:_\w+)?)$/i;

/** Modules whose functions of such names print nothing, or are known as output statements. */
const OTHERS =
  /^(?:math|cmath|numpy|np|torch|jax|tensorflow|tf|logging|builtins|pprint|warnings|rich|click|absl|loguru|tqdm|sys|os|scipy|pandas|wandb|mlflow|optuna)\b/;

/** Calls that people take for output that Katib reads: trackers, libraries that print by themselves, imported wrappers. */
export function findNearMisses(script: Script): readonly NearMiss[] {
  const paths = [...pathsOf(script).values()];
  const kinds = KINDS.filter(({ imports }) => !imports || paths.some((path) => imports.test(path)));
  const found: NearMiss[] = [];
  for (const { name, callee, call } of callsAt(script, tokensOf(script))) {
    const written = script.text.slice(callee.from, callee.to);
    const path = dottedPath(script, callee) ?? written;
    const kind = kinds.find((one) => one.path.test(path) || one.path.test(written))?.kind;
    const word = textOf(script, name);
    const sink = written.length > 40 || written.includes('\n') ? `….${word}` : written;
    const place = { from: call.from, to: call.to, sink };
    const library = kind ? undefined : findPrintingLibrary(script, callee, word);
    if (kind) found.push({ ...place, kind });
    else if (library) {
      const { form } = library;
      if (!isSilent(script, call)) found.push({ ...place, kind: 'library', ...(form ? { form } : {}) });
    } else if (isImported(script, path, written))
      found.push({ ...place, kind: 'wrapper', files: filesOf(path) });
  }
  return found;
}

/** `model.fit(x, y, verbose=0)` */
function isSilent(script: Script, call: Syntax): boolean {
  const { keywords } = readCall(script, call);
  return ['verbose', 'verbose_eval'].some((name) => {
    const given = keywords.get(name);
    return given !== undefined && /^(?:0|False)$/.test(textOf(script, given));
  });
}

/** The usual names, and those under which a wrapper is imported: `from helpers import print_rank_0 as say`. */
function tokensOf(script: Script): RegExp {
  const aliases = [...pathsOf(script)].flatMap(([name, path]) =>
    !path.endsWith(name) && WRAPPER.test(lastOf(path)) ? [name] : [],
  );
  return aliases.length === 0
    ? TOKENS
    : new RegExp(`${TOKENS.source}|\\b(?:${aliases.join('|')})[ \\t]*\\(`, 'gi');
}

/** `pkg/helpers.py` of `pkg.helpers.log`, and every other that may define it; `../a.py` of `..a.log`. */
function filesOf(path: string): readonly string[] {
  const [, dots = '', rest = ''] = /^(\.*)(.*)$/.exec(path) ?? [];
  const names = rest.split('.');
  return names.slice(0, -1).flatMap((_, index) => {
    const file = '../'.repeat(Math.max(0, dots.length - 1)) + names.slice(0, index + 1).join('/');
    return [`${file}.py`, `${file}/__init__.py`];
  });
}

function lastOf(path: string): string {
  return path.slice(path.lastIndexOf('.') + 1);
}

/** `print_rank_0` of `from helpers import print_rank_0`, `log` of `import helpers` and `helpers.log`. */
function isImported(script: Script, path: string, written: string): boolean {
  const [head = ''] = written.split('.', 1);
  return WRAPPER.test(lastOf(path)) && !OTHERS.test(path) && pathsOf(script).has(head);
}
