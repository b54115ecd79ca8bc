import { neutralise } from '../terminal/neutralise.ts';

/** A piece of HTML. */
export interface Html {
  readonly html: string;
}

type Part = string | number | Html | readonly Html[];

/**
 * Writes HTML as a template: what is filled in is text, unless it is HTML itself. Characters that turn the direction of
 * text or can't be seen are shown by their codes.
 */
export function html(strings: TemplateStringsArray, ...parts: readonly Part[]): Html {
  return { html: String.raw({ raw: strings }, ...parts.map(write)) };
}

function write(part: Part): string {
  if (typeof part === 'number') return String(part);
  if (typeof part === 'string') return escapeText(part);
  return 'html' in part ? part.html : part.map((each) => each.html).join('');
}

function escapeText(text: string): string {
  const names: Readonly<Record<string, string>> = { '&': '&amp;', '<': '&lt;', '>': '&gt;', '"': '&quot;' };
  return neutralise(text).replace(/[&<>"]/g, (character) => names[character] ?? '');
}
