import type { Use } from '../names/use.ts';
import { type Script, textOf } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { compiledIn, compilerOf } from './compilers.ts';

/** Why a statement must stay as it is, for people; `undefined` if it may be wrapped. */
export function whyNever(script: Script, use: Use): string | undefined {
  const compiled = compiledIn(script);
  for (let child = use.whole, at = child.parent; at; child = at, at = at.parent) {
    // beyond the statement, only compilers matter
    if (!compiled.any && at.type.endsWith('statement')) return undefined;
    switch (at.type) {
      case 'interpolation':
        if (/^\s*=/.test(script.text.slice(child.to, at.to)))
          return 'its own source is part of the text: {…=}';
        break;
      case 'decorator':
        if (use.kind === 'call' && child === use.whole)
          return 'a decorator: Python before 3.9 takes only names and one call there';
        break;
      case 'decorated_definition':
        if (compiled.any && !/decorator/.test(child.type)) {
          const compiler = compilerAbove(script, at);
          if (compiler) return `body of a ${child.type.split('_', 1)[0]} compiled by ${compiler}`;
        }
        break;
      case 'function_definition':
      case 'class_definition': {
        const compiler = compiled.names.size > 0 ? compiled.names.get(definedName(script, at)) : undefined;
        if (compiler) return `body of a ${at.type.split('_', 1)[0]} compiled by ${compiler}`;
        break;
      }
      case 'call': {
        // jax.jit(lambda x: print(x))
        const compiler = compiled.any && child.from !== at.from ? compilerOf(script, at) : undefined;
        if (compiler) return `handed to ${compiler}, which compiles it`;
        break;
      }
    }
  }
  return undefined;
}

function compilerAbove(script: Script, decorated: Syntax): string | undefined {
  for (const part of decorated.parts) {
    const expression = part.type === 'decorator' ? part.parts[0] : undefined;
    const compiler = expression && compilerOf(script, expression);
    if (compiler) return compiler;
  }
  return undefined;
}

function definedName(script: Script, definition: Syntax): string {
  const name = definition.field('name');
  return name ? textOf(script, name) : '';
}
