import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';

/** What an import statement binds: a local name and the dotted path it stands for. */
export interface Imports {
  /** `np` → `numpy`, `stdout` → `sys.stdout`. Function-level imports count for the whole file. */
  readonly paths: ReadonlyMap<string, string>;
  /** The statements themselves, in source order. */
  readonly statements: readonly Syntax[];
}

const IMPORT = /(?:^|[;:])[ \t\f\uFEFF]*(?=(?:import|from)\b)/gm;

/** Finds import statements by their keyword, and reads them from the tree. */
export function collectImports(script: Script): Imports {
  const paths = new Map<string, string>();
  const statements: Syntax[] = [];
  for (const match of script.text.matchAll(IMPORT)) {
    const statement = script.root.at(match.index + match[0].length).parent;
    if (!statement?.type.startsWith('import')) continue;
    statements.push(statement);
    for (const [name, path] of boundBy(script, statement)) paths.set(name, path);
  }
  return { paths, statements };
}

function boundBy(script: Script, statement: Syntax): readonly (readonly [string, string])[] {
  const word = (node: Syntax) => script.text.slice(node.from, node.to).replace(/\s+/g, '');
  const from = statement.type === 'import_from_statement' ? statement.field('module_name') : undefined;
  const prefix = from ? `${word(from)}${word(from).endsWith('.') ? '' : '.'}` : '';
  return statement.parts
    .filter((part) => part !== from)
    .flatMap((part) => {
      if (part.type === 'dotted_name') {
        const name = word(part);
        // `import os.path` binds `os`
        return from
          ? [[name, prefix + name]]
          : [[name.split('.', 1)[0] as string, name.split('.', 1)[0] as string]];
      }
      if (part.type !== 'aliased_import') return [];
      const [name, alias] = part.parts;
      return name && alias ? [[word(alias), prefix + word(name)]] : [];
    }) as readonly (readonly [string, string])[];
}
