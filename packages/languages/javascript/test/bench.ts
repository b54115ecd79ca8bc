/**
 * How long a rewrite takes, in bare parses of the same text. Run by hand:
 *
 *     node --conditions=source packages/languages/javascript/test/bench.ts
 */
import { parse } from '@babel/parser';
import { compileFilters, outermostLayer, type Program, rewritePrograms } from '@katib-push/core';
import { javascript } from './javascript.ts';

const HEAD = `'use strict';
const fs = require('fs');
const tf = require('@tensorflow/tfjs-node');
const winston = require('winston');

const logger = winston.createLogger({ transports: [new winston.transports.Console()] });

`;

/** About 2 KB with three output statements, as in the examples of TensorFlow.js. */
const TYPICAL = `function createModel%d({ filters = 32, rate = 0.25 } = {}) {
  const model = tf.sequential();
  model.add(tf.layers.conv2d({ inputShape: [28, 28, 1], filters, kernelSize: 3, activation: 'relu' }));
  model.add(tf.layers.conv2d({ filters, kernelSize: 3, activation: 'relu' }));
  model.add(tf.layers.maxPooling2d({ poolSize: [2, 2] }));
  model.add(tf.layers.flatten());
  model.add(tf.layers.dropout({ rate }));
  model.add(tf.layers.dense({ units: 512, activation: 'relu' }));
  model.add(tf.layers.dense({ units: 10, activation: 'softmax' }));
  model.compile({ optimizer: 'rmsprop', loss: 'categoricalCrossentropy', metrics: ['accuracy'] });
  return model;
}

async function train%d(model, data, { epochs = 20, batchSize = 128 }) {
  const { images, labels } = data.getTrainData();
  let epochBeginTime;
  const millisPerStep = [];
  await model.fit(images, labels, {
    epochs,
    batchSize,
    validationSplit: 0.15,
    callbacks: {
      onEpochBegin: async () => (epochBeginTime = Date.now()),
      onEpochEnd: async (epoch, logs) => {
        millisPerStep.push(Date.now() - epochBeginTime);
        console.log(\`epoch \${epoch + 1}: loss=\${logs.loss.toFixed(4)} accuracy=\${logs.acc.toFixed(4)}\`);
      },
    },
  });
  const total = millisPerStep.reduce((sum, value) => sum + value, 0);
  logger.info('average step took %d ms', total / millisPerStep.length);
}

async function evaluate%d(model, data) {
  const { images, labels } = data.getTestData();
  const output = model.evaluate(images, labels);
  const loss = output[0].dataSync()[0];
  const accuracy = output[1].dataSync()[0];
  const message = 'loss=' + loss + ' accuracy=' + accuracy;
  console.log(message);
  if (!fs.existsSync('model')) await model.save('file://model');
}

`;

/** An output statement in every seventh line. */
const DENSE = `async function train%d(model, loader, lr = 0.1) {
  let total = 0;
  for (const [index, { xs, ys }] of loader.entries()) {
    const loss = optimizer.minimize(() => criterion(model.predict(xs), ys), true);
    total += loss.dataSync()[0];
    xs.dispose();
    ys.dispose();
    if (index % 10 === 0) console.log(\`epoch \${epoch}: loss=\${(total / index).toFixed(4)}\`);
  }
  logger.info('accuracy=%f', total / loader.length);
  return total;
}

`;

const { filters } = compileFilters(['loss', 'accuracy']);
if (!filters) throw new Error('the default filter compiles');

function sourceOf(unit: string, size: number): string {
  let text = HEAD;
  for (let number = 0; text.length < size; number++) text += unit.replaceAll(/(?<=\w)%d/g, String(number));
  return text;
}

/** The whole pipeline: parse, detect, match, plan, apply, verify. */
function rewriteWhole(text: string): string {
  const unwrap = (replaced: ReadonlyMap<string, string>): readonly Program[] => [
    {
      kind: 'text',
      language: javascript,
      layer: outermostLayer(replaced.get('/0') ?? text, 'script', '/0'),
      name: 'train.js',
      role: 'main',
      dropsEnvironment: false,
      output: { stdout: 'container', stderr: 'container' },
    },
  ];
  const { strings, report } = rewritePrograms(unwrap, { filters: filters as NonNullable<typeof filters> });
  const after = strings.get('/0');
  if (after === undefined) throw new Error(JSON.stringify(report.diagnostics));
  return after;
}

for (const [name, unit] of Object.entries({ typical: TYPICAL, dense: DENSE })) {
  for (const size of [2_000, 20_000, 200_000]) {
    const text = sourceOf(unit, size);
    const runs = Math.min(300, Math.max(15, Math.ceil(3_000_000 / size)));
    const ratios: Record<'detect' | 'verify' | 'whole', number[]> = { detect: [], verify: [], whole: [] };
    const base: number[] = [];
    for (let run = 0; run < runs; run++) {
      const start = performance.now();
      parse(text, { sourceType: 'unambiguous' });
      const parsed = performance.now();
      const document = javascript.parse(text, { opaque: [] });
      for (const statement of document.statements()) void statement.template;
      const detected = performance.now();
      rewriteWhole(text);
      const end = performance.now();
      base.push(parsed - start);
      ratios.detect.push((detected - parsed) / (parsed - start));
      ratios.whole.push((end - detected) / (parsed - start));
    }
    console.log(
      `${name} ${text.length} characters: parse ${median(base).toFixed(2)} ms, parse and detect ${median(ratios.detect).toFixed(2)}x, whole rewrite ${median(ratios.whole).toFixed(2)}x`,
    );
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}
