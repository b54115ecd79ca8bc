import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { type Binding, namesOfPattern } from './binding.ts';

const FUNCTION =
  /^(?:FunctionDeclaration|FunctionExpression|ArrowFunctionExpression|ObjectMethod|Class(?:Private)?Method)$/;
const LOOP = /^For(?:In|Of)?Statement$/;
const BLOCK = /^(?:BlockStatement|StaticBlock|TSModuleBlock|SwitchStatement|Program)$/;

export function isFunction(node: Syntax): boolean {
  return FUNCTION.test(node.type);
}

export function isScope(node: Syntax): boolean {
  return (
    FUNCTION.test(node.type) || BLOCK.test(node.type) || LOOP.test(node.type) || node.type === 'CatchClause'
  );
}

/** The function or program around a node: where `var` belongs. */
export function functionAround(node: Syntax): Syntax {
  let at = node;
  while (at.parent && !(isFunction(at) && at !== node)) at = at.parent;
  return at;
}

/** What a scope declares, by name. A block's `var` belongs to the function around it. */
export function declaredIn(script: Script, scope: Syntax): ReadonlyMap<string, readonly Binding[]> {
  const known = script.declared.get(scope);
  if (known) return known;
  const found = new Map<string, Binding[]>();
  for (const binding of bindingsIn(scope)) {
    const name = binding.name.word('name');
    const others = found.get(name);
    if (others) others.push(binding);
    else found.set(name, [binding]);
  }
  script.declared.set(scope, found);
  return found;
}

function* bindingsIn(scope: Syntax): Iterable<Binding> {
  if (isFunction(scope)) {
    if (scope.type === 'FunctionExpression') yield* plain(scope.field('id'));
    for (const parameter of scope.list('params')) yield* others(parameter);
    const body = scope.field('body');
    if (body?.type === 'BlockStatement') for (const statement of body.list('body')) yield* hoisted(statement);
  } else if (scope.type === 'CatchClause') {
    const parameter = scope.field('param');
    if (parameter) yield* others(parameter);
  } else if (LOOP.test(scope.type)) {
    const declaration = scope.field('init') ?? scope.field('left');
    if (declaration?.type === 'VariableDeclaration' && declaration.word('kind') !== 'var')
      yield* variables(declaration);
  } else {
    const statements =
      scope.type === 'SwitchStatement'
        ? scope.list('cases').flatMap((each) => each.list('consequent'))
        : scope.list('body');
    for (const statement of statements) yield* lexical(statement);
    if (scope.type === 'Program') for (const statement of statements) yield* hoisted(statement);
  }
}

/** What a statement declares for its own block. */
function* lexical(statement: Syntax): Iterable<Binding> {
  switch (statement.type) {
    case 'VariableDeclaration':
      if (statement.word('kind') !== 'var') yield* variables(statement);
      break;
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSDeclareFunction':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
    case 'TSImportEqualsDeclaration':
      yield* plain(statement.field('id'));
      break;
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration': {
      const declaration = statement.field('declaration');
      if (declaration) yield* lexical(declaration);
      break;
    }
    case 'ImportDeclaration':
      yield* imports(statement);
      break;
  }
}

function* imports(declaration: Syntax): Iterable<Binding> {
  const module = (declaration.field('source')?.word('value') ?? '').replace(/^node:/, '');
  for (const specifier of declaration.list('specifiers')) {
    const name = specifier.field('local');
    if (!name) continue;
    const { imported } = specifier.node as {
      readonly imported?: { readonly name?: string; readonly value?: string };
    };
    const key = imported?.name ?? imported?.value;
    yield { name, kind: 'import', module, keys: key === undefined || key === 'default' ? [] : [key] };
  }
}

/** The `var`s of a statement and of the statements in it. */
function* hoisted(statement: Syntax): Iterable<Binding> {
  if (statement.type === 'VariableDeclaration') {
    if (statement.word('kind') === 'var') yield* variables(statement);
    return;
  }
  if (statement.type === 'ExpressionStatement' || isFunction(statement)) return;
  if (!/Statement$|^SwitchCase$|^CatchClause$|^ExportNamedDeclaration$/.test(statement.type)) return;
  for (const child of statement.children) yield* hoisted(child);
}

function* variables(declaration: Syntax): Iterable<Binding> {
  const word = declaration.word('kind');
  const kind = word === 'let' || word === 'var' ? word : 'const';
  const loop = declaration.role === 'left' ? declaration.parent : undefined;
  for (const declarator of declaration.list('declarations')) {
    const id = declarator.field('id');
    const value = declarator.field('init') ?? loop?.field('right');
    const given = {
      ...(value ? { value } : {}),
      ...(loop ? { loop: loop.type === 'ForOfStatement' ? ('of' as const) : ('in' as const) } : {}),
    };
    for (const { name, keys } of id ? namesOfPattern(id) : [])
      yield { name, kind, ...given, ...(keys ? { keys } : {}) };
  }
}

function* plain(name: Syntax | undefined): Iterable<Binding> {
  if (name) yield { name, kind: 'other' };
}

function* others(pattern: Syntax): Iterable<Binding> {
  for (const { name } of namesOfPattern(pattern)) yield { name, kind: 'other' };
}
