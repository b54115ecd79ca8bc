import type { ArithmeticFor, Case, CompoundList, For, If, Select, While } from 'unbash';
import { expandSingle, expandWord } from '../expand/expand-word.ts';
import { substituteWithin } from '../expand/substitute-within.ts';
import { limits } from '../limits.ts';
import { mergeInto } from '../state/merge.ts';
import { branch, type Shell, setVariable } from '../state/shell.ts';
import { runScript } from './run-script.ts';

export function runIf(node: If, shell: Shell): void {
  runScript(node.clause, shell);
  const ways: Shell[] = [];
  ways.push(runWay(node.then, shell));
  let open = true;
  for (const elif of node.elif) {
    runScript(elif.clause, shell);
    ways.push(runWay(elif.then, shell));
  }
  if (node.else) {
    ways.push(runWay(node.else, shell));
    open = false;
  }
  mergeInto(shell, open ? [branch(shell), ...ways] : ways);
}

function runWay(body: CompoundList, shell: Shell): Shell {
  const way = branch(shell);
  runScript(body, way);
  return way;
}

export function runCase(node: Case, shell: Shell): void {
  expandSingle(node.word, shell);
  for (const { pattern } of node.items) for (const word of pattern) substituteWithin(word, shell);
  const ways = node.items.map((item) => runWay(item.body, shell));
  const complete = node.items.some((item) => item.pattern.some((pattern) => pattern.text === '*'));
  mergeInto(shell, complete ? ways : [branch(shell), ...ways]);
}

/** A loop over words that are known is walked word by word; else once with a variable that isn't. */
export function runFor(node: For | Select, shell: Shell): void {
  const name = node.name.value;
  const words = node.wordlist?.flatMap((word) => expandWord(word, shell)) ?? shell.args.slice(1);
  const certain = node.type === 'For' && words.length > 0 && words.length <= limits.loopWords;
  if (!certain) {
    setVariable(shell, name, []);
    runLoop(node.body, shell);
    return;
  }
  for (const word of words) {
    if (shell.ended) break;
    setVariable(
      shell,
      name,
      word.pieces.every((piece) => piece.kind !== 'expansion' || piece.choices.length > 0) ? [word] : [],
    );
    runScript(node.body, shell);
  }
}

export function runWhile(node: While | ArithmeticFor, shell: Shell): void {
  if (node.type === 'While') runScript(node.clause, shell);
  else for (const part of [node.initialize, node.test, node.update]) substituteWithin(part, shell);
  runLoop(node.body, shell);
}

/** A body that may run any number of times. */
function runLoop(body: CompoundList, shell: Shell): void {
  for (let turn = 1; turn <= limits.turns; turn++) {
    const way = branch(shell);
    runScript(body, way);
    if (way.ended && turn === limits.turns) return;
    mergeInto(shell, [branch(shell), way]);
  }
}
