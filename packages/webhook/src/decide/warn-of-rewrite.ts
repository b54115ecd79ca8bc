import type { Findings, Note } from '../worker/messages.ts';
import { warningLine } from './warnings.ts';

/** Reasons that nobody has to act on. */
const silent = new Set(['not-enabled', 'disabled', 'already-rewritten']);
/** What is no fault in trials that push by themselves. */
const fineWithPush = new Set([
  'no-command',
  'no-trial-spec',
  'reports-itself',
  'script-in-image',
  'template-not-read',
]);

/**
 * The warnings about a rewrite: one for what was rewritten, and one for each thing that was not. Of Experiments that
 * stay as they are on purpose, and for which nobody asked, only names that were misspelt are told.
 */
export function warnOfRewrite(findings: Findings): readonly string[] {
  const { outcome, pushed, way, collector, notes } = findings;
  const grave = notes.filter(({ severity }) => severity !== 'info');
  if (outcome === 'rewritten') {
    const what =
      pushed.length > 0
        ? `${pushed.join(', ')} ${pushed.length > 1 ? 'are' : 'is'}`
        : 'no metric is found yet to be';
    return [
      warningLine(
        `${what} pushed by the ${way} way${['StdOut', 'File'].includes(collector) ? '; sidecar disabled' : ''}`,
      ),
      ...grave.map((note) => line(note)),
    ];
  }
  const [reason, ...others] = notes;
  if (!reason || silent.has(reason.code) || isFine(findings))
    return notes.filter(({ code }) => code === 'unknown-annotation').map((note) => line(note));
  return [
    line(reason, 'Left as it is: '),
    ...others.filter((note) => grave.includes(note)).map((note) => line(note)),
  ];
}

/** Whether an Experiment asks for a push, by what it says itself or by what holds where it is created. */
export function isAsked({ outcome, asked, collector, notes }: Findings): boolean {
  const [reason] = notes;
  if (outcome === 'rewritten' || asked) return reason?.code !== 'already-rewritten';
  if (reason === undefined || silent.has(reason.code)) return false;
  return ['Push', 'None', 'StdOut', 'File'].includes(collector);
}

function isFine({ outcome, asked, collector, notes }: Findings): boolean {
  if (asked || outcome === 'failed') return false;
  if (collector === 'StdOut') return false;
  const pushes = collector === 'Push' || collector === 'None';
  return !pushes || notes.some(({ code }) => fineWithPush.has(code));
}

function line({ message, hint }: Note, before = ''): string {
  return warningLine(before + message, hint);
}
