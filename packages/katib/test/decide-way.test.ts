import { describe, expect, it } from 'vitest';
import { decideWay, type Facts } from '../src/decide/decide-way.ts';
import { diagnose } from '../src/diagnostics/diagnose.ts';
import { experimentSubject } from '../src/subject.ts';

const sure = { word: 'python3' } as const;
const unsure = { hindrance: 'it runs Rscript first' } as const;
const noCommand = diagnose('no-command', 'There is none.');
const elsewhere = diagnose('no-trial-spec', 'It is in a ConfigMap.');
const unread = diagnose('template-not-read', 'It stands in "script".');

type More = Partial<Facts['experiment'] & Facts['settings']>;

/** What is tried, in this order; else the code of the reason. */
function decide(collector: string, interpreter: Facts['interpreter'], more: More = {}): string {
  const { sharesFolder = false, earlyStopping = false, ...settings } = more;
  const { attempts, refusal } = decideWay({
    experiment: { collector, sharesFolder, earlyStopping, subject: experimentSubject },
    settings: { rewrite: 'default', capture: 'auto', ways: ['source', 'container'], ...settings },
    interpreter,
  });
  const tried = attempts.map(({ kind }) => kind).join(', ');
  return tried === '' ? `${refusal?.code}` : refusal ? `${tried}, else ${refusal.code}` : tried;
}

const asked = { rewrite: 'enabled' } as const;

describe('the way', () => {
  it.each<[collector: string, interpreter: Facts['interpreter'], more: More, way: string]>([
    // Push: "I report"
    ['Push', sure, {}, 'source, container-if-printed'],
    ['None', sure, {}, 'source, container-if-printed'],
    ['Push', unsure, {}, 'source'],
    ['Push', sure, { capture: 'source' }, 'source'],
    ['Push', sure, { capture: 'container' }, 'container'],
    ['Push', unsure, { capture: 'container' }, 'container'],
    ['Push', noCommand, {}, 'no-command'],
    ['Push', noCommand, { capture: 'container' }, 'no-command'],
    ['Push', elsewhere, {}, 'no-trial-spec'],
    ['Push', elsewhere, { capture: 'container' }, 'container'],
    ['Push', unread, { capture: 'container' }, 'template-not-read'],
    ['Push', sure, { earlyStopping: true }, 'container-if-printed, else early-stopping'],
    ['Push', unsure, { earlyStopping: true }, 'early-stopping'],
    ['Push', unsure, { earlyStopping: true, capture: 'container' }, 'container'],
    ['Push', sure, { earlyStopping: true, capture: 'source' }, 'early-stopping'],
    ['Push', sure, { earlyStopping: true, rewrite: 'forced' }, 'source, container-if-printed'],
    ['Push', sure, { sharesFolder: true }, 'source, container-if-printed'],
    // StdOut: "read my output"
    ['StdOut', sure, {}, 'not-enabled'],
    ['StdOut', sure, { capture: 'container' }, 'not-enabled'],
    ['StdOut', sure, asked, 'container'],
    ['StdOut', sure, { ...asked, capture: 'container' }, 'container'],
    ['StdOut', unsure, { ...asked, capture: 'container' }, 'container'],
    ['StdOut', sure, { ...asked, capture: 'source' }, 'lossless-source'],
    ['StdOut', unsure, asked, 'complete-source, else no-sure-interpreter'],
    ['StdOut', noCommand, asked, 'no-command'],
    ['StdOut', noCommand, { ...asked, capture: 'container' }, 'no-command'],
    ['StdOut', noCommand, { ...asked, capture: 'source' }, 'no-command'],
    ['StdOut', elsewhere, asked, 'no-trial-spec'],
    ['StdOut', elsewhere, { ...asked, capture: 'source' }, 'no-trial-spec'],
    ['StdOut', elsewhere, { ...asked, capture: 'container' }, 'container'],
    ['StdOut', unread, { ...asked, capture: 'container' }, 'template-not-read'],
    ['StdOut', sure, { ...asked, earlyStopping: true }, 'container'],
    ['StdOut', unsure, { ...asked, earlyStopping: true }, 'no-sure-interpreter'],
    ['StdOut', sure, { ...asked, earlyStopping: true, capture: 'source' }, 'early-stopping'],
    ['StdOut', sure, { ...asked, sharesFolder: true }, 'needs-sidecar-volume'],
    ['StdOut', sure, { rewrite: 'forced', sharesFolder: true }, 'needs-sidecar-volume'],
    // File: the same, from a file
    ['File', sure, asked, 'container'],
    ['File', sure, {}, 'not-enabled'],
    ['File', unsure, asked, 'no-sure-interpreter'],
    ['File', unsure, { ...asked, capture: 'container' }, 'container'],
    ['File', sure, { ...asked, capture: 'source' }, 'other-collector'],
    ['File', sure, { ...asked, sharesFolder: true }, 'needs-sidecar-volume'],
    // Anything else
    ['TensorFlowEvent', sure, { ...asked, capture: 'container' }, 'other-collector'],
    ['PrometheusMetric', sure, { ...asked, capture: 'container' }, 'other-collector'],
    ['Custom', sure, { ...asked, capture: 'container' }, 'other-collector'],
    ['Telepathy', sure, asked, 'other-collector'],
    // The user's no, and the ceilings
    ['StdOut', sure, { rewrite: 'disabled' }, 'disabled'],
    ['StdOut', sure, { ...asked, capture: 'off' }, 'disabled'],
    ['Push', sure, { capture: 'off' }, 'disabled'],
    ['StdOut', sure, { ...asked, ways: ['source'] }, 'way-not-allowed'],
    ['StdOut', sure, { ...asked, capture: 'source', ways: ['container'] }, 'way-not-allowed'],
    ['StdOut', unsure, { ...asked, ways: ['container'] }, 'way-not-allowed'],
    ['Push', sure, { ways: ['container'] }, 'container-if-printed'],
    ['Push', sure, { ways: ['source'] }, 'source'],
    ['Push', sure, { ways: [] }, 'way-not-allowed'],
  ])('of %s, %j, %j: %s', (collector, interpreter, more, way) => {
    expect(decide(collector, interpreter, more)).toBe(way);
  });
});

describe('is monotone', () => {
  const all = {
    collector: ['StdOut', 'File', 'Push', 'None', 'Custom'],
    rewrite: ['default', 'enabled', 'forced', 'disabled'],
    capture: ['auto', 'container', 'source', 'off'],
    earlyStopping: [false, true],
  } as const;
  const states = all.collector.flatMap((collector) =>
    all.rewrite.flatMap((rewrite) =>
      all.capture.flatMap((capture) =>
        all.earlyStopping.map((earlyStopping) => ({ collector, rewrite, capture, earlyStopping })),
      ),
    ),
  );

  it('without the certainty of an interpreter, nothing goes the container way that did not before', () => {
    for (const { collector, ...more } of states)
      if (decide(collector, unsure, more).includes('container'))
        expect(decide(collector, sure, more)).toContain('container');
  });

  it('with a lower ceiling, nothing is tried that was not before', () => {
    for (const { collector, ...more } of states)
      for (const ways of [['source'], ['container'], []] as const) {
        const lowered = decide(collector, sure, { ...more, ways }).split(', ');
        const tried = lowered.filter((one) =>
          /^(?:source|lossless-source|complete-source|container)/.test(one),
        );
        for (const one of tried) expect(decide(collector, sure, more).split(', ')).toContain(one);
      }
  });

  it('every state has a way or a reason', () => {
    for (const { collector, ...more } of states)
      for (const interpreter of [sure, unsure, noCommand, elsewhere, unread])
        expect(decide(collector, interpreter, more)).not.toMatch(/^(?:undefined)?$/);
  });
});
