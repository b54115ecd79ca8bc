import { outermostOf } from '@katib-push/core';
import { verdictsOf } from '../dresses.ts';
import type { Host } from './hosts.ts';
import type { Subject } from './language-tests.ts';
import { nest } from './nest.ts';
import { createProbe, probed, probeName } from './probe.ts';
import { rewriteText, scriptLayer, type Wanted } from './rewrite-text.ts';

/** What differs when a text is rewritten within a host; `undefined` where the host doesn't take the text. */
export function checkNested(
  text: string,
  host: Host,
  subject: Subject,
  wanted: Wanted,
): readonly string[] | undefined {
  const nested = nest(text, host, subject);
  if (!nested) return undefined;
  const plain = host.ends && !text.endsWith('\n') ? `${text}\n` : text;
  const { text: inner } = scriptLayer(plain);
  const alone = rewriteText(subject.language, plain, wanted);
  const place = nested
    .programs()
    .findIndex((program) => program.language === subject.language && program.layer.text === inner);
  if (place < 0)
    return [
      `${nested.words.join(' ')}\nruns no text that is the one written into it: is the interpreter known?`,
    ];
  const { strings, report, scripts } = nested.rewrite(wanted);
  const script = report.scripts[place];
  const faults: string[] = [];
  if (!script) return ['the text is not in the report'];
  if (script.after !== alone.script.after)
    faults.push(
      `it becomes\n${script.after}\nand alone\n${alone.script.after}\n${report.diagnostics.map(({ message }) => message).join('\n')}`,
    );
  if (verdictsOf(script).join('\n') !== verdictsOf(alone.script).join('\n'))
    faults.push(
      `its statements are\n${verdictsOf(script).join('\n')}\nand alone\n${verdictsOf(alone.script).join('\n')}`,
    );
  if (strings.size === 0 ? alone.after !== plain : alone.after === plain)
    faults.push('the host changes, and the text does not, or the other way round');
  const planned = scripts.find(({ program }) => program.layer.text === inner)?.after ?? inner;
  if (nested.programs(strings)[place]?.layer.text !== planned)
    faults.push('the new host does not decode to the new text');
  return faults;
}

/**
 * Puts `insert` at `places` of a text within a host and reads it back. `refused` where the host can't hold it; nothing
 * may have changed then, and a diagnostic says why.
 */
export function checkRangeMap(
  text: string,
  host: Host,
  insert: string,
  places: readonly number[],
): { readonly faults: readonly string[]; readonly refused: boolean } {
  const language = createProbe(insert, places);
  const subject: Subject = { language, interpreter: probeName, ending: '.probe', tests: { fixtures: '' } };
  const nested = nest(text, host, subject);
  if (!nested) return { faults: [], refused: true };
  const mine = (replaced?: ReadonlyMap<string, string>) =>
    nested.programs(replaced).find((program) => program.language === language);
  const program = mine();
  if (!program) return { faults: [`${nested.words.join(' ')}\nis not followed to its text`], refused: false };
  const plain = scriptLayer(host.ends && !text.endsWith('\n') ? `${text}\n` : text).text;
  if (program.layer.text !== plain)
    return { faults: [`${host.name} does not decode to the text`], refused: false };
  const { strings, report } = nested.rewrite({ metrics: ['loss'], filters: [], coverage: 'likely' });
  if (strings.size === 0)
    return { faults: report.diagnostics.length === 0 ? ['refused without a reason'] : [], refused: true };
  const after = mine(strings)?.layer.text;
  const wanted = probed(plain, insert, places, program.layer.opaque);
  const faults = after === wanted ? [] : [`reads back as\n${after}\nand not as\n${wanted}`];
  for (const [pointer] of strings)
    if (pointer !== outermostOf(program.layer).pointer)
      faults.push(`${pointer} changed, which does not hold the text`);
  return { faults, refused: false };
}
