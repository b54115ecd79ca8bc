import { type Diagnostic, diagnose } from '../diagnostics/diagnose.ts';
import { katibPlaceholder, keptShell } from '../locate/words-that-run.ts';

/**
 * Where Katib's own wrapper would have collected less than the container writes: it joins command and args with
 * spaces (only a literal `sh -c` or `bash -c` is kept) and appends ` 1>FILE 2>&1 && echo completed > …`. Source:
 * Katib, pod webhook, `wrapWorkerContainer`.
 *
 * @param words command and args, as the container gets them
 * @param pointer the container
 * @returns one diagnostic at most: the gravest loss
 */
export function findSidecarLoss(words: readonly string[], pointer: string): readonly Diagnostic[] {
  const filled = words.map((word) => word.replace(katibPlaceholder, '_'));
  const keepsShell = keptShell(words) !== undefined;
  const text = (keepsShell ? filled.slice(2) : filled).join(' ');
  const loss = describeLoss(text, filled, keepsShell);
  return loss ? [diagnose('sidecar-collects-less', `Katib's own wrapper ${loss}.`, { pointer })] : [];
}

/** A redirection of stdout to a file in the last command of a text. */
const lastRedirection =
  /(?:(?<![\d&<>])|(?<=\s1)|(?<=&))>[>|]?(?![&(])[ \t]*([^\s<>&|;()]+)(?:[^;|&(){}\n]|[<>]&|&>)*$/d;
const quotedOrFilled = new RegExp(
  `${/\\.|'[^']*'|"(?:\\.|[^"\\])*"/s.source}|${katibPlaceholder.source}`,
  'gs',
);

/**
 * Where the last command sends its output to a file: the redirection that Katib's wrapper appends comes later, and takes it.
 *
 * @param text what the wrapper appends it to
 * @param pointer the container
 */
export function findSidecarGain(text: string, pointer: string): readonly Diagnostic[] {
  const masked = text.replace(quotedOrFilled, (part) => '_'.repeat(part.length));
  const place = lastRedirection.exec(masked)?.indices?.[1];
  const file = place && text.slice(...place);
  if (!file || /^\/(?:dev\/(?:std|fd|tty)|proc\/)/.test(file)) return [];
  const message = `Katib's own wrapper collects what goes to ${file} here; a push leaves it there.`;
  return [diagnose('sidecar-collects-more', message, { pointer })];
}

function describeLoss(text: string, words: readonly string[], keepsShell: boolean): string | undefined {
  const last = text.slice(text.lastIndexOf('\n') + 1);
  if (
    /<<-?\s*(['"]?)([\w.-]+)\1/.test(text) &&
    new RegExp(`<<-?\\s*['"]?${escapeRegExp(last.trim())}['"]?`).test(text) &&
    last.trim()
  )
    return 'would break the heredoc at the end of the script: it appends its redirection to the delimiter';
  if (text.endsWith('\n')) return 'would collect nothing: its redirection lands on a line of its own';
  if (!keepsShell && words.slice(1).some((word) => /[\s"'$`;&|<>()*?#~\\]/.test(word)))
    return 'would break the command: it joins the words with spaces and gives them to a shell';
  if (text.includes('\n') || /[^\\](;|&&|\|\|)/.test(text))
    return 'would collect the output of the last command only';
  return undefined;
}

function escapeRegExp(text: string): string {
  return text.replace(/[.*+?^${}()|[\]\\]/g, '\\$&');
}
