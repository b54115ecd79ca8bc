import { type BabelNode, isNode, nodesIn } from '../syntax/babel-node.ts';
import { isFunctionType, isLoopType } from '../syntax/node-kinds.ts';
import { type Binding, namesOfPattern } from './binding.ts';

/** What a scope declares. A block's `var` belongs to the function around it. @param hasVars whether there are any */
export function* bindingsIn(scope: BabelNode, hasVars: boolean): Iterable<Binding> {
  if (isFunctionType(scope.type)) {
    if (scope.type === 'FunctionExpression') yield* plain(scope.id);
    for (const parameter of nodesIn(scope, 'params')) yield* others(parameter);
    if (hasVars && isNode(scope.body)) yield* hoisted(scope.body);
  } else if (scope.type === 'CatchClause') {
    if (isNode(scope.param)) yield* others(scope.param);
  } else if (isLoopType(scope.type)) {
    const declaration = scope.init ?? scope.left;
    if (isNode(declaration) && declaration.type === 'VariableDeclaration' && declaration.kind !== 'var')
      yield* variables(declaration);
  } else {
    const statements =
      scope.type === 'SwitchStatement'
        ? nodesIn(scope, 'cases').flatMap((each) => nodesIn(each, 'consequent'))
        : nodesIn(scope, 'body');
    for (const statement of statements) yield* lexical(statement);
    if (hasVars && scope.type === 'Program') for (const statement of statements) yield* hoisted(statement);
  }
}

/** What a statement declares for its own block. */
function* lexical(statement: BabelNode): Iterable<Binding> {
  switch (statement.type) {
    case 'VariableDeclaration':
      if (statement.kind !== 'var') yield* variables(statement);
      break;
    case 'FunctionDeclaration':
    case 'ClassDeclaration':
    case 'TSDeclareFunction':
    case 'TSEnumDeclaration':
    case 'TSModuleDeclaration':
    case 'TSImportEqualsDeclaration':
      yield* plain(statement.id);
      break;
    case 'ExportNamedDeclaration':
    case 'ExportDefaultDeclaration':
      if (isNode(statement.declaration)) yield* lexical(statement.declaration);
      break;
    case 'ImportDeclaration':
      yield* imports(statement);
      break;
  }
}

function* imports(declaration: BabelNode): Iterable<Binding> {
  const { source } = declaration as unknown as { readonly source: { readonly value: string } };
  const module = source.value.replace(/^node:/, '');
  for (const specifier of nodesIn(declaration, 'specifiers')) {
    const { local, imported } = specifier as {
      readonly local?: BabelNode;
      readonly imported?: { readonly name?: string; readonly value?: string };
    };
    const key = imported?.name ?? imported?.value;
    if (local)
      yield {
        name: local,
        kind: 'import',
        module,
        keys: key === undefined || key === 'default' ? [] : [key],
      };
  }
}

/** The fields of statements that hold statements. */
const NESTED = 'body consequent alternate block handler finalizer cases init left declaration'.split(' ');

/** The `var`s of a statement and of the statements in it. */
function* hoisted(statement: BabelNode): Iterable<Binding> {
  if (statement.type === 'VariableDeclaration') {
    if (statement.kind === 'var') yield* variables(statement);
    return;
  }
  if (!/Statement$|^SwitchCase$|^CatchClause$|^ExportNamedDeclaration$/.test(statement.type)) return;
  for (const field of NESTED) {
    const value = statement[field];
    if (isNode(value)) yield* hoisted(value);
    else for (const each of nodesIn(statement, field)) yield* hoisted(each);
  }
}

function* variables(declaration: BabelNode): Iterable<Binding> {
  const kind = declaration.kind === 'let' || declaration.kind === 'var' ? 'other' : 'const';
  for (const { id, init } of nodesIn(declaration, 'declarations')) {
    const given = isNode(init) ? { value: init } : {};
    for (const { name, keys } of isNode(id) ? namesOfPattern(id, []) : [])
      yield { name, kind, ...given, ...(keys ? { keys } : {}) };
  }
}

function* plain(name: unknown): Iterable<Binding> {
  if (isNode(name)) yield { name, kind: 'other' };
}

function* others(pattern: BabelNode): Iterable<Binding> {
  for (const { name } of namesOfPattern(pattern, [])) yield { name, kind: 'other' };
}
