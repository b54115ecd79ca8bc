import type {
  AndOr,
  Assignment,
  Command,
  CommandNode,
  CompoundList,
  If,
  Pipeline,
  PipelineNode,
  Script,
  Word,
} from 'unbash';
import { substitutionsIn } from '../expand/substitute-within.ts';
import { isTest } from '../walk/run-script.ts';
import { type Outcome, scanWords } from './sure-command.ts';

/** Where a scan is; what the commands so far have done. */
export interface Scan {
  readonly isWanted: (name: string) => boolean;
  /** Functions that the text has defined, as what a call of them comes to. */
  readonly functions: Map<string, (scan: Scan) => Outcome>;
  changesFolder: boolean;
  makesFiles: boolean;
  readonly depth: number;
}

const pathIsAssigned: Outcome = { hindrance: 'PATH is assigned' };

type Node = CommandNode | Pipeline | AndOr | CompoundList;

/** Statements one after the other, until one of them settles it. */
export function scanScript({ commands }: Script | CompoundList, scan: Scan): Outcome {
  for (const { command } of commands) {
    const outcome = scanNode(command, scan);
    if (outcome) return outcome;
  }
  return undefined;
}

function scanNode(node: Node | PipelineNode, scan: Scan): Outcome {
  switch (node.type) {
    case 'Command':
      return scanCommand(node, scan);
    case 'AndOr':
      return scanAndOr(node, scan);
    case 'CompoundList':
      return scanScript(node, scan);
    case 'BraceGroup':
    case 'Subshell':
      return scanScript(node.body, scan);
    case 'Pipeline':
      return firstOf(node.commands, (command) => scanNode(command, scan));
    case 'Redirected':
      return scanNode(node.command, scan);
    case 'If':
      return scanIf(node, scan);
    case 'While':
      return scanScript(node.clause, scan) ?? perhaps([scanScript(node.body, scan)]);
    case 'For':
      if (node.name.value === 'PATH') return pathIsAssigned;
      return node.wordlist?.some((word) => isLiteral(word))
        ? scanScript(node.body, scan)
        : perhaps([scanScript(node.body, scan)]);
    case 'Select':
      if (node.name.value === 'PATH') return pathIsAssigned;
      return perhaps([scanScript(node.body, scan)]);
    case 'ArithmeticFor':
      return perhaps([scanScript(node.body, scan)]);
    case 'Case':
      return perhaps(node.items.map(({ body }) => scanScript(body, scan)));
    case 'Coproc':
      return scanNode(node.body, scan);
    case 'Function': {
      const { name, body } = node;
      if (scan.isWanted(name.value)) return { hindrance: `${name.value} is a function of the script` };
      scan.functions.set(name.value, (inner) => scanNode(body, inner));
      return undefined;
    }
    case 'ArithmeticCommand':
    case 'TestCommand':
      return undefined;
  }
}

/** Ways of which any or none may be taken: a hindrance on one of them counts, a command does not. */
function perhaps(ways: readonly Outcome[]): Outcome {
  return ways.find((way) => way !== undefined && 'hindrance' in way);
}

function scanIf(node: If, scan: Scan): Outcome {
  const start = scanScript(node.clause, scan);
  if (start) return start;
  const ways = [
    scanScript(node.then, scan),
    ...node.elif.map(({ clause, then }) => scanScript(clause, scan) ?? scanScript(then, scan)),
    ...(node.else ? [scanScript(node.else, scan)] : [undefined]),
  ];
  return perhaps(ways) ?? (ways.every((way) => way !== undefined) ? ways[0] : undefined);
}

/** What follows `&&` is taken to run, unless it depends on a test; what follows `||` may run or not. */
function scanAndOr(node: AndOr, scan: Scan): Outcome {
  let isTested = false;
  return firstOf(node.commands, (command, i) => {
    const outcome = scanNode(command, scan);
    const operator = node.operators[i - 1];
    if (operator) isTested = operator === '&&' && (isTested || isTest(node.commands[i - 1]));
    return isTested || operator === '||' ? perhaps([outcome]) : outcome;
  });
}

function scanCommand(node: Command, scan: Scan): Outcome {
  // What is substituted runs before the command.
  const inside = firstOf(
    [...substitutionsIn(node)],
    ({ part }) => part.script && scanScript(part.script, scan),
  );
  if (inside) return inside;
  const sets = node.prefix.find(
    (part): part is Assignment => part.type === 'Assignment' && part.name === 'PATH',
  );
  if (sets) return pathIsAssigned;
  if (!node.name) return undefined;
  const words = [node.name, ...node.args].map((part) => (part.type === 'Word' ? part.value : part.text));
  return isLiteral(node.name)
    ? scanWords(words, scan)
    : { hindrance: `the command ${node.name.text} is known only at run time` };
}

/** Whether a word is the same whatever the variables hold. */
function isLiteral(word: Word): boolean {
  const fixed = (part: { readonly type: string }): boolean =>
    part.type === 'Literal' || part.type === 'SingleQuoted' || part.type === 'AnsiCQuoted';
  return (word.parts ?? []).every(
    (part) => fixed(part) || (part.type === 'DoubleQuoted' && part.parts.every(fixed)),
  );
}

function firstOf<T>(items: readonly T[], scan: (item: T, index: number) => Outcome): Outcome {
  for (const [index, item] of items.entries()) {
    const outcome = scan(item, index);
    if (outcome) return outcome;
  }
  return undefined;
}
