import { nearMatch } from '@katib-push/core';
import { isMap, isScalar, LineCounter, parseDocument } from 'yaml';
import { WebhookServerError } from '../webhook-server-error.ts';
import { settingKeys } from './catalogue.ts';

/**
 * The settings that a YAML file gives, by key, not read yet; with the place of each. Throws
 * {@link WebhookServerError} `usage` for what is no YAML, no mapping, or an unknown key.
 */
export function readConfigurationFile(
  name: string,
  text: string,
): ReadonlyMap<string, { readonly value: unknown; readonly place: string }> {
  const lines = new LineCounter();
  const document = parseDocument(text, { lineCounter: lines, prettyErrors: false });
  const place = (offset: number | undefined): string => `${name}:${lines.linePos(offset ?? 0).line}`;
  const [error] = document.errors;
  if (error) throw new WebhookServerError('usage', `${place(error.pos[0])}: ${error.message}`);
  const found = new Map<string, { readonly value: unknown; readonly place: string }>();
  if (document.contents === null || (isScalar(document.contents) && document.contents.value === null))
    return found;
  if (!isMap(document.contents)) {
    throw new WebhookServerError('usage', `${name}: write settings as a mapping, such as port: 8443`);
  }
  for (const { key, value } of document.contents.items) {
    const word = isScalar(key) ? String(key.value) : 'a key that is no text';
    const where = place(isScalar(key) ? key.range?.[0] : undefined);
    if (!(settingKeys as readonly string[]).includes(word)) {
      throw new WebhookServerError('usage', `${where}: ${word} is no setting${nearMatch(word, settingKeys)}`);
    }
    const given: unknown = (value as { toJS(document: unknown): unknown } | null)?.toJS(document) ?? null;
    found.set(word, { value: given, place: where });
  }
  return found;
}
