import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { scopeOf } from './scope.ts';

/** One place that gives a name a value. */
export interface Binding {
  readonly name: Syntax;
  /**
   * - `assignment`: `name = value`; the value is absent for one element of a target list that can't be told apart.
   * - `augmented`: `name += value`.
   * - `loop`: `for name in value`. `with`: `with value as name`. `walrus`: `(name := value)`.
   * - `other`: parameters, imports, definitions, patterns, `del`, `global`.
   */
  readonly kind: 'assignment' | 'augmented' | 'loop' | 'with' | 'walrus' | 'other';
  readonly value?: Syntax;
  /** Of a target list: the place in it (`for i, x in …`: `i` is 0). */
  readonly position?: number;
  /** Of `augmented`: `+=`. */
  readonly operator?: string;
  readonly scope: Syntax;
}

const TARGETS = /^(?:pattern_list|tuple_pattern|list_pattern|list_splat_pattern)$/;
const DEFINES =
  /^(?:parameters|lambda_parameters|typed_parameter|default_parameter|typed_default_parameter|(?:list|dictionary)_splat_pattern|function_definition|class_definition|aliased_import|global_statement|nonlocal_statement|delete_statement|keyword_pattern|splat_pattern)$/;

/** What the identifier binds where it stands; `undefined` if it only reads the name. */
export function readBinding(script: Script, name: Syntax): Binding | undefined {
  const parent = name.parent;
  if (!parent) return undefined;
  let target = name;
  let position: number | undefined;
  while (target.parent && TARGETS.test(target.parent.type)) {
    const place = target.parent.parts.indexOf(target);
    position = position === undefined ? place : Number.NaN;
    target = target.parent;
  }
  const owner = target.parent as Syntax;
  const isFirst = owner.from === target.from;
  const places = position === undefined ? {} : { position };
  switch (owner.type) {
    case 'assignment':
      return isFirst
        ? { name, kind: 'assignment', ...valueFrom(owner, position), ...places, scope: scopeOf(name) }
        : undefined;
    case 'augmented_assignment': {
      if (!isFirst) return undefined;
      const value = owner.field('right');
      const operator = owner.field('operator');
      return {
        name,
        kind: 'augmented',
        ...(value ? { value } : {}),
        ...(operator ? { operator: textOf(script, operator) } : {}),
        scope: scopeOf(name),
      };
    }
    case 'named_expression':
      return isFirst
        ? { name, kind: 'walrus', ...valueFrom(owner, undefined), scope: scopeOf(name) }
        : undefined;
    case 'for_statement':
    case 'for_in_clause': {
      const left = owner.field('left');
      const value = owner.field('right');
      return left === target
        ? { name, kind: 'loop', ...(value ? { value } : {}), ...places, scope: scopeOf(name) }
        : undefined;
    }
    case 'as_pattern_target': {
      const value = owner.parent?.parts[0];
      return { name, kind: 'with', ...(value ? { value } : {}), scope: scopeOf(name) };
    }
    case 'dotted_name':
      return bindsDotted(owner) ? { name, kind: 'other', scope: scopeOf(name) } : undefined;
    default:
      return definition(name, parent);
  }
}

/** `import name`, `from m import name`, `case name:`; but not the module of a `from`, nor what an `as` renames. */
function bindsDotted(dotted: Syntax): boolean {
  const owner = dotted.parent;
  if (owner?.type === 'import_from_statement') return owner.field('module_name') !== dotted;
  return owner?.type === 'import_statement' || owner?.type === 'case_pattern';
}

/** A parameter, a definition's name, an import's alias and the like. */
function definition(name: Syntax, parent: Syntax): Binding | undefined {
  if (!DEFINES.test(parent.type)) return undefined;
  // behind a parameter's name: its default
  if (parent.type.includes('default') && parent.from !== name.from) return undefined;
  if (/^(?:function|class)_definition$/.test(parent.type))
    return { name, kind: 'other', scope: scopeOf(parent) };
  let list: Syntax | undefined = parent;
  while (list && !/parameters$/.test(list.type)) list = list.parent;
  return {
    name,
    kind: 'other',
    scope: list?.parent && /parameter|splat/.test(parent.type) ? list.parent : scopeOf(name),
  };
}

function valueFrom(owner: Syntax, position: number | undefined): { readonly value?: Syntax } {
  let value: Syntax | undefined = owner.field(owner.type === 'named_expression' ? 'value' : 'right');
  // a = b = value
  while (value?.type === 'assignment') value = value.field('right');
  if (!value || position === undefined) return value ? { value } : {};
  if (!/^(?:expression_list|tuple|list)$/.test(value.type)) return {};
  const element = value.parts[position];
  return element && value.parts.every((part) => !part.type.includes('splat')) ? { value: element } : {};
}
