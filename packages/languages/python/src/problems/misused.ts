import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import type { Rule } from './rule.ts';

/** Arguments, parameters, targets and literals that Python refuses. */
export const misused: readonly Rule[] = [
  { pattern: /[(,]\s*(\w+)[ \t]*=(?!=)/dg, refuse: refuseArguments },
  { pattern: /[(,]\s*(\*\*)/dg, refuse: refuseArguments },
  { pattern: /\b(for)\b/dg, refuse: refuseGenerator },
  { pattern: /\b(def|lambda)\b/dg, refuse: refuseParameters },
  { pattern: /\b(del)\b/dg, refuse: refuseDelete },
  { pattern: /\b(assert)\b/dg, refuse: refuseAssert },
  { pattern: /\bimport\b[^()\n#;]*(,)[ \t]*$/dgm, refuse: refuseComma },
  { pattern: /(?:[-+%@&|^]|\*\*?|\/\/?|>>|<<)(=)/dg, refuse: refuseAugmented },
  { pattern: /^[ \t]*\w+[ \t]*(:=)/dgm, refuse: refuseWalrus },
  { pattern: /^[ \t]*(\*)/dgm, refuse: refuseStar },
  { pattern: /[^=!<>]=[ \t]*(\*)/dg, refuse: refuseStarred },
  { pattern: /(?<![\w.])(\d[\d_]*[lL_]?)(?![\w.])/dg, refuse: refuseNumber },
  { pattern: /(?<!\w)([uU][rR]|[rR][uU])(?=["'])/dg, refuse: refusePrefix },
  {
    pattern: /(\\(?:x(?![\da-fA-F]{2})|u(?![\da-fA-F]{4})|U(?![\da-fA-F]{8})|N(?!\{)))/dg,
    refuse: refuseEscape,
  },
  { pattern: /["']\s*(?:[bB][rR]?|[rR][bB]|[fFrRuU]{0,2})(["'])/dg, refuse: refuseMixed },
  { pattern: /(?<!\w)(?:[bB][rR]?|[rR][bB])(["'])/dg, refuse: refuseBytes },
  { pattern: /!(\w+)\s*[:}]/dg, refuse: refuseConversion },
];

function refuseArguments(at: Syntax, script: Script): string | undefined {
  const argument = at.parent;
  const list = argument?.parent;
  if (!argument || list?.type !== 'argument_list' || argument.from !== at.from) return undefined;
  // a list is looked at where its first such argument stands
  if (list.parts.find(({ type }) => /^(?:keyword_argument|dictionary_splat)$/.test(type)) !== argument)
    return undefined;
  const names = new Set<string>();
  let unpacked = false;
  for (const part of list.parts.slice(list.parts.indexOf(argument))) {
    if (part.type === 'dictionary_splat') unpacked = true;
    else if (part.type === 'keyword_argument') {
      const name = part.parts[0] ? textOf(script, part.parts[0]) : '';
      if (names.has(name)) return `the keyword argument ${name} is repeated`;
      names.add(name);
    } else if (part.type !== 'list_splat' || unpacked) return 'a positional argument follows one by keyword';
  }
  return undefined;
}

function refuseGenerator(at: Syntax, script: Script): string | undefined {
  const generator = at.parent?.type === 'for_in_clause' ? at.parent.parent : undefined;
  if (generator?.type !== 'generator_expression' || generator.parent?.type !== 'argument_list')
    return undefined;
  return script.text[generator.from] === '('
    ? undefined
    : 'a generator beside other arguments needs parentheses';
}

function refuseParameters(at: Syntax, script: Script): string | undefined {
  const parameters = at.parent?.field('parameters');
  if (!parameters || !/^(?:function_definition|lambda)$/.test(at.parent?.type ?? '')) return undefined;
  const names = new Set<string>();
  let kind: 'plain' | 'default' | 'keyword' | 'last' = 'plain';
  let slash = false;
  let bareStar = false;
  for (const part of parameters.parts) {
    if (kind === 'last') return 'nothing may follow **';
    const text = textOf(script, part);
    if (part.type === 'tuple_pattern') return 'a parameter in parentheses: this is Python 2';
    if (part.type === 'positional_separator') {
      if (slash || kind === 'keyword') return '/ at a place where it may not stand';
      slash = true;
      continue;
    }
    if (text.startsWith('**')) {
      if (bareStar) return 'a bare * needs names behind it';
      kind = 'last';
    } else if (text.startsWith('*')) {
      if (kind === 'keyword') return '* may stand once only';
      kind = 'keyword';
      bareStar = part.type === 'keyword_separator';
    } else if (/default_parameter$/.test(part.type)) {
      bareStar = false;
      if (kind === 'plain') kind = 'default';
    } else if (kind === 'default') return 'a parameter without a default follows one that has it';
    else bareStar = false;
    const name = /^[*\s]*(\w+)/.exec(text)?.[1];
    if (name !== undefined && names.has(name)) return `the parameter ${name} is there twice`;
    if (name !== undefined) names.add(name);
  }
  return bareStar ? 'a bare * needs names behind it' : undefined;
}

function refuseDelete(at: Syntax): string | undefined {
  const statement = at.parent;
  if (statement?.type !== 'delete_statement') return undefined;
  const open = [...statement.parts];
  for (let target = open.pop(); target; target = open.pop()) {
    if (/^(?:expression_list|tuple|list|parenthesized_expression)$/.test(target.type))
      open.push(...target.parts);
    else if (!/^(?:identifier|attribute|subscript)$/.test(target.type)) return 'del of what is no name';
  }
  return undefined;
}

function refuseAssert(at: Syntax): string | undefined {
  const { parent } = at;
  return parent?.type === 'assert_statement' && parent.parts.length > 2
    ? 'assert takes one message'
    : undefined;
}

function refuseComma(at: Syntax): string | undefined {
  const isLast = at.parent?.type === 'import_from_statement' && at.parent.to === at.to;
  return isLast ? 'a comma at the end of an import' : undefined;
}

function refuseAugmented(at: Syntax): string | undefined {
  const assignment = at.parent;
  if (assignment?.type !== 'augmented_assignment') return undefined;
  if (assignment.parent && /assignment$/.test(assignment.parent.type))
    return 'an augmented assignment within another';
  const left = assignment.field('left');
  const isTarget = left && /^(?:identifier|attribute|subscript|parenthesized_expression)$/.test(left.type);
  return isTarget ? undefined : 'an augmented assignment to several targets';
}

function refuseWalrus(at: Syntax): string | undefined {
  const isStatement =
    at.parent?.type === 'named_expression' && at.parent.parent?.type === 'expression_statement';
  return isStatement ? ':= as a statement needs parentheses' : undefined;
}

function refuseStar(at: Syntax): string | undefined {
  const splat = at.parent;
  const isTarget = splat?.type === 'list_splat_pattern' && splat.parent?.type === 'assignment';
  return isTarget && splat.parent?.from === splat.from ? 'a starred target has to be in a list' : undefined;
}

function refuseStarred(at: Syntax): string | undefined {
  return at.parent?.type === 'list_splat' && at.parent.parent?.type === 'assignment'
    ? 'a starred expression has to be in a list'
    : undefined;
}

function refuseNumber(at: Syntax, script: Script): string | undefined {
  if (at.type !== 'integer') return undefined;
  const text = textOf(script, at);
  if (/[lL]$/.test(text)) return `${text}: numbers with an L are Python 2`;
  if (text.endsWith('_')) return `${text} is no number`;
  return /^0[\d_]*[1-9]/.test(text) ? `${text}: numbers that begin with 0 are Python 2` : undefined;
}

function refusePrefix(at: Syntax): string | undefined {
  return at.type === 'string_start' ? 'a string with the prefix ur is Python 2' : undefined;
}

/** The string that a node is in, with its prefix; `undefined` within what an f-string fills in. */
function stringAround(
  at: Syntax,
  script: Script,
): { readonly node: Syntax; readonly prefix: string } | undefined {
  let node: Syntax | undefined = at;
  while (node && node.type !== 'string') {
    if (node.type === 'interpolation') return undefined;
    node = node.parent;
  }
  if (!node) return undefined;
  const prefix = /^\w*/.exec(script.text.slice(node.from, node.from + 3))?.[0] ?? '';
  return { node, prefix: prefix.toLowerCase() };
}

/** `"\\x4"`: an escape that isn't complete. Backslashes pair up from the string's start on. */
function refuseEscape(at: Syntax, script: Script): string | undefined {
  const found = /^(?:string_content|escape_sequence|\\)$/.test(at.type)
    ? stringAround(at, script)
    : undefined;
  if (!found || found.prefix.includes('r')) return undefined;
  const kinds = found.prefix.includes('b') ? 'x' : 'xuUN';
  const isBroken = [...textOf(script, found.node).matchAll(/\\([\s\S])([^"'\\]{0,8})/g)].some(
    ([, kind = '', rest = '']) => kinds.includes(kind) && !(COMPLETE[kind] as RegExp).test(rest),
  );
  return isBroken ? 'an escape in a string is not complete' : undefined;
}

const COMPLETE: Readonly<Record<string, RegExp>> = {
  x: /^[\da-fA-F]{2}/,
  u: /^[\da-fA-F]{4}/,
  U: /^[\da-fA-F]{8}/,
  N: /^\{/,
};

function refuseMixed(at: Syntax, script: Script): string | undefined {
  const string = at.parent?.type === 'string' ? at.parent : undefined;
  const whole = string?.parent;
  if (at.type !== 'string_start' || whole?.type !== 'concatenated_string' || !string) return undefined;
  const isBytes = (node: Syntax): boolean => /^[rR]?[bB]/.test(script.text.slice(node.from, node.from + 2));
  return whole.parts.some((part) => isBytes(part) !== isBytes(string))
    ? 'bytes and text in one string'
    : undefined;
}

function refuseBytes(at: Syntax, script: Script): string | undefined {
  const found = at.type === 'string_start' ? stringAround(at, script) : undefined;
  const isBytes = found?.prefix.includes('b') === true;
  return isBytes && /[^\0-\x7f]/.test(textOf(script, found.node)) ? 'bytes hold ASCII only' : undefined;
}

function refuseConversion(at: Syntax, script: Script): string | undefined {
  const conversion = at.type === 'type_conversion' ? at : at.parent;
  if (conversion?.type !== 'type_conversion') return undefined;
  const text = textOf(script, conversion);
  return /^!\s*[rsa]$/.test(text) ? undefined : `${text} is no conversion`;
}
