import type { ExperimentReport } from '@katib-push/katib';
import type { Colours } from '../terminal/colours.ts';
import { neutralise } from '../terminal/neutralise.ts';

const longest = 200;

/**
 * Which way the metrics are pushed, why, and what becomes of the container's words; nothing where the collector has said it
 * all: Push, and the script is rewritten.
 */
export function showWay(
  { way, reason, words, collector }: Pick<ExperimentReport, 'way' | 'reason' | 'words' | 'collector'>,
  colours: Colours,
): readonly string[] {
  if (!way || (way === 'source' && ['Push', 'None'].includes(collector.before))) return [];
  const joined = words && words.before.join('\0') !== words.after.join('\0');
  return [
    `${colours.bold(`${way} way`)}  ${neutralise(reason)}`,
    ...(joined ? [colours.red(`- ${shown(words.before)}`), colours.green(`+ ${shown(words.after)}`)] : []),
    ...(way === 'container' ? [colours.dim('each Trial runs its command under the shim')] : []),
  ];
}

/** Words as a YAML flow sequence would have them, shortened. */
function shown(words: readonly string[]): string {
  const text = neutralise(JSON.stringify(words));
  return text.length > longest ? `${text.slice(0, longest - 1)}…` : text;
}
