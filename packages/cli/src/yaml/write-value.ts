import { toJson } from '../output/print-json.ts';
import { type Layout, trailingBreaks } from './layout.ts';

/** Words that some YAML reader (1.1 or 1.2) takes for something else than text. */
const reserved = /^(?:null|true|false|yes|no|on|off|y|n)$/i;
/** Text that needs no quotes in a block context, in any version of YAML. Deliberately narrow. */
const plain = /^[A-Za-z_/$](?:[\w./$(){}-]|:(?=[\w./$-])|,? (?=[\w(]))*$/;
/** Text that is as readable in single quotes as without: JSON in an annotation, say. */
const simple = /^[\x20-\x7e]+$/;
/** What a block scalar can hold in any version of YAML: no line breaks but `\n`, nothing unprintable. */
const printable = /^[\n\t\x20-\x7e\xa0-\u2027\u202a-\ud7ff\ue000-\ufefe\uff00-\ufffd\u{10000}-\u{10ffff}]*$/u;

/** A scalar (or an empty collection) on one line. */
export function writeInline(value: unknown): string {
  if (typeof value === 'string') {
    if (plain.test(value) && !reserved.test(value)) return value;
    return /["\\]/.test(value) && simple.test(value) ? `'${value.replaceAll("'", "''")}'` : quote(value);
  }
  if (typeof value === 'number' && !Number.isFinite(value)) {
    return Number.isNaN(value) ? '.nan' : value > 0 ? '.inf' : '-.inf';
  }
  return writeFlow(value);
}

/** Any value on one line, in the form that JSON and YAML share. */
export function writeFlow(value: unknown): string {
  return escaped(toJson(value, 1)).replace(/,\n */g, ', ').replace(/\n */g, '');
}

/** Any value as JSON over several lines, the lines without the indentation of the place. */
export function writeJson(value: unknown, step: number): readonly string[] {
  return escaped(toJson(value, step)).split('\n');
}

/** A value in block style, as lines without the indentation of the place. */
export function writeBlock(value: unknown, layout: Layout): readonly string[] {
  if (Array.isArray(value) && value.length > 0) {
    return value.flatMap((item) => writeItem(item, layout));
  }
  if (typeof value === 'object' && value !== null && Object.keys(value).length > 0) {
    return Object.entries(value).flatMap(([key, item]) => writeEntry(key, item, layout));
  }
  if (typeof value === 'string' && fitsLiteral(value)) return writeLiteral(value, layout.step);
  return [writeInline(value)];
}

/** One entry of a block mapping. */
export function writeEntry(key: string, value: unknown, layout: Layout): readonly string[] {
  const lines = writeBlock(value, layout);
  const nested = typeof value === 'object' && value !== null && Object.keys(value).length > 0;
  if (!nested) return prefixed(`${writeInline(key)}: `, lines);
  const indent = ' '.repeat(Array.isArray(value) ? layout.listStep : layout.step);
  return [`${writeInline(key)}:`, ...lines.map((line) => indented(indent, line))];
}

/** One item of a block list. */
export function writeItem(value: unknown, layout: Layout): readonly string[] {
  const lines =
    typeof value === 'string' && fitsLiteral(value) ? writeLiteral(value, 2) : writeBlock(value, layout);
  const literal = typeof value === 'string' && lines.length > 1;
  return lines.map((line, i) => (i === 0 ? `- ${line}` : literal ? line : indented('  ', line)));
}

/** Whether a text is better, and safely, written as a block scalar. */
export function fitsLiteral(text: string): boolean {
  return text.includes('\n') && /[^\n]/.test(text) && printable.test(text) && !text.includes('\t\n');
}

/** A text as a literal block scalar: the header, then its lines indented by `indent` columns. */
export function writeLiteral(text: string, indent: number): readonly string[] {
  const trailing = trailingBreaks(text);
  const chomping = trailing === 0 ? '-' : trailing === 1 ? '' : '+';
  const indicator = /^\n*[ \t]/.test(text) ? String(indent) : '';
  const body = (trailing > 0 ? text.slice(0, -1) : text).split('\n');
  return [`|${indicator}${chomping}`, ...body.map((line) => indented(' '.repeat(indent), line))];
}

/** A text in double quotes, as JSON and every version of YAML read it. */
export function quote(text: string): string {
  return escaped(JSON.stringify(text));
}

/** JSON that every version of YAML reads. Line breaks in it are none of a text's. */
function escaped(json: string): string {
  return json.replace(
    /[\x7f-\x9f\u2028\u2029\ufeff\ufffe\uffff]/g,
    (character) => `\\u${character.charCodeAt(0).toString(16).padStart(4, '0')}`,
  );
}

function prefixed(prefix: string, lines: readonly string[]): readonly string[] {
  return lines.map((line, i) => (i === 0 ? prefix + line : line));
}

function indented(indent: string, line: string): string {
  return line === '' ? '' : indent + line;
}
