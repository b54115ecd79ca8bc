import { describeSink, type OutputStatement, type Suppressions } from '@katib-push/core';
import type { Script } from '../syntax/script.ts';
import { aliasNames, isFollowedAlias } from './aliases.ts';
import { whyCannot } from './cannot.ts';
import { mentionsIn } from './mentions.ts';
import { whyNever } from './never.ts';
import type { Mention, Sink } from './sink.ts';
import { recognizeSink } from './sinks/index.ts';

/**
 * Finds the output statements: scans the text for names of sinks and looks at the tree only where one stands.
 *
 *     this.logger.info("loss=%f", l)
 *                 ^ the scan finds a name
 *     ^^^^^^^^^^^^^^^^ its parents tell the callee, and that it is called
 */
export function detectStatements(script: Script, suppressions: Suppressions): readonly OutputStatement[] {
  const statements: OutputStatement[] = [];
  const aliases = aliasNames(script);
  for (const mention of mentionsIn(script, aliases)) {
    const sink = recognizeSink(mention);
    if (!sink) continue;
    if (mention.use.kind === 'value' && isFollowedAlias(script, mention, aliases)) continue;
    const suppressed = suppressions.take(mention.use.whole);
    statements.push(describeStatement(script, mention, sink, suppressed));
  }
  return statements.sort((a, b) => a.from - b.from || a.callee.from - b.callee.from);
}

function describeStatement(
  script: Script,
  mention: Mention,
  sink: Sink,
  suppressed: OutputStatement['suppressed'],
): OutputStatement {
  const { use } = mention;
  const { call } = use;
  const { render } = sink;
  const cannot = sink.cannot ?? whyCannot(mention);
  return describeSink(sink, mention, {
    // what can't be read stays behind, whatever it stands in
    never: cannot ? undefined : whyNever(script, use),
    cannot,
    suppressed,
    doubtful: sink.doubtful,
    template: call && render && (() => ({ parts: render(call.list('arguments')) })),
  });
}
