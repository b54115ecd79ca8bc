import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import type { Page } from '../page.ts';
import { root } from '../root.ts';
import { tableOf } from '../table.ts';

/** What is used of JSON Schema. */
interface Schema {
  readonly description?: string;
  readonly type?: string | readonly string[];
  readonly $ref?: string;
  readonly const?: unknown;
  readonly enum?: readonly unknown[];
  readonly required?: readonly string[];
  readonly properties?: Readonly<Record<string, Schema>>;
  readonly items?: Schema;
  readonly $defs?: Readonly<Record<string, Schema>>;
}

/** The report of `-o json`, field by field, from its JSON Schema. */
export function reportPage(): Page {
  const file = 'packages/cli/schema/report.schema.json';
  const schema = JSON.parse(readFileSync(join(root, file), 'utf8')) as Schema;
  const sections = Object.entries(schema.$defs ?? {}).map(([name, part]) => describe(name, part));
  const text = `# The JSON report

${schema.description ?? ''}

The schema is exported by the command's package: \`katib-push/report.schema.json\`.

${tableOf(['field', 'type', 'meaning'], fieldsOf(schema))}

${sections.join('\n\n')}
`;
  return { path: 'reference/report', text };
}

function describe(name: string, part: Schema): string {
  const fields = fieldsOf(part);
  const table = fields.length === 0 ? typeOf(part) : tableOf(['field', 'type', 'meaning'], fields);
  return [`## ${name}`, part.description, table].filter((block) => block !== undefined).join('\n\n');
}

function fieldsOf({ properties = {}, required = [] }: Schema, prefix = ''): readonly (readonly string[])[] {
  return Object.entries(properties).flatMap(([name, field]) => {
    const optional = required.includes(name) ? '' : ' (may be absent)';
    const inner = field.items?.properties ? fieldsOf(field.items, `${prefix}${name}[].`) : [];
    return [
      [`\`${prefix}${name}\``, typeOf(field), `${field.description ?? ''}${optional}`],
      ...fieldsOf(field, `${prefix}${name}.`),
      ...inner,
    ];
  });
}

function typeOf(field: Schema): string {
  const name = field.$ref?.replace('#/$defs/', '');
  if (name !== undefined) return `[${name}](#${name.toLowerCase()})`;
  if (field.enum) return field.enum.map((value) => `\`${value}\``).join(', ');
  if (field.const !== undefined) return `\`${field.const}\``;
  if (field.items) return `list of ${typeOf(field.items)}`;
  return typeof field.type === 'string' ? field.type : (field.type ?? ['object']).join(' or ');
}
