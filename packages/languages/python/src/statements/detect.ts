import { describeSink, type OutputStatement, type Suppressions } from '@katib-push/core';
import { readLookup } from '../names/lookup.ts';
import { classifyUse, type Use } from '../names/use.ts';
import { calleeEndingWith } from '../syntax/call-at.ts';
import type { Script } from '../syntax/script.ts';
import type { Syntax } from '../syntax/syntax.ts';
import { describeLookup, describeMention } from './mention.ts';
import { whyNever } from './never.ts';
import type { Mention, Sink } from './sink.ts';
import { recognizeSink, scanForSinks } from './sinks/index.ts';

/**
 * Finds the output statements: scans the text for names of sinks and looks at the tree only where one stands.
 *
 *     logger.info("loss=%f", l)
 *            ^ the scan finds a name
 *     ^^^^^^^^^^^ its parents tell the callee, and that it is called
 */
export function detectStatements(script: Script, suppressions: Suppressions): readonly OutputStatement[] {
  const statements: OutputStatement[] = [];
  for (const { from, to } of scanForSinks(script)) {
    const name = script.root.at(from);
    if (name.from !== from || name.to !== to) continue;
    const statement = readLookedUp(script, name) ?? readStatement(script, name);
    if (!statement) continue;
    const suppressed = suppressions.take(statement.whole);
    statements.push(suppressed ? { ...statement.statement, suppressed } : statement.statement);
  }
  // of a chain (`log.info(x).info(y)`), all start at one place: the whole comes first, wrapped or not
  return statements.sort((a, b) => a.from - b.from || b.to - a.to || a.callee.from - b.callee.from);
}

interface Found {
  readonly statement: OutputStatement;
  readonly whole: Syntax;
}

/** `getattr(logger, level)(msg)` */
function readLookedUp(script: Script, name: Syntax): Found | undefined {
  const lookup = readLookup(script, name);
  const use = lookup && classifyUse(script, lookup.callee);
  if (!lookup || !use) return undefined;
  return describeFound(script, describeLookup(script, lookup, use), use);
}

function readStatement(script: Script, name: Syntax): Found | undefined {
  if (name.type !== 'identifier') return undefined;
  const callee = calleeEndingWith(name);
  const use = classifyUse(script, callee);
  if (!use) return undefined;
  return describeFound(script, describeMention(script, name, callee, use), use);
}

function describeFound(script: Script, mention: Mention, use: Use): Found | undefined {
  const sink = recognizeSink(mention);
  if (!sink || (use.kind === 'value' && !sink.asValue)) return undefined;
  return { statement: describeStatement(script, mention, use, sink), whole: use.whole };
}

function describeStatement(script: Script, mention: Mention, use: Use, sink: Sink): OutputStatement {
  const { callee, call } = mention;
  const { cannot, hidden, doubtful, render } = sink;
  const ask =
    <Answer>(what: string, find: () => Answer) =>
    (): Answer => {
      if (!script.isDisposed()) return find();
      throw new Error(`${what} of ${sink.sink} is asked for after its document was disposed: read it before`);
    };
  return describeSink(
    sink,
    { callee, use },
    {
      // what can't be read stays behind, compiled or not
      never: cannot ? undefined : whyNever(script, use),
      cannot,
      hidden: hidden && script.isMain ? ask('the visibility', hidden) : undefined,
      doubtful: doubtful && script.isMain ? ask('the visibility', doubtful) : undefined,
      template: call && render && ask('the template', () => ({ parts: render(call()) })),
    },
  );
}
