/** A training script in JavaScript of about `bytes` bytes, an output statement every ten lines or so. */
export function javascriptSample(bytes: number): string {
  const parts = ["'use strict';\nconst { readFileSync } = require('node:fs');\n"];
  let length = 0;
  for (let i = 0; length < bytes - 200; i++) {
    const part = block(i);
    parts.push(part);
    length += part.length;
  }
  return parts.join('');
}

function block(i: number): string {
  return `
/** One layer of the network, with ${i + 8} inputs. */
class Layer${i} {
  constructor({ width = ${i + 8}, depth = 2, rate = 0.${(i % 9) + 1} } = {}) {
    this.weights = Array.from({ length: width }, () => Array(depth).fill(rate));
    this.rate = rate; // share of the units that are left out
  }

  forward(inputs, mask) {
    let values = inputs.map((value, index) => value * (this.weights[index % this.weights.length]?.[0] ?? 1));
    if (mask !== undefined) values = values.filter((_, index) => mask[index] !== 0);
    return values.length > 0 ? values : [...inputs];
  }
}

async function train${i}(model, batches, { epochs = ${(i % 20) + 1}, onEpoch = () => {} } = {}) {
  const best = { accuracy: 0, loss: Infinity };
  const started = Date.now();
  for (let epoch = 0; epoch < epochs; epoch++) {
    let loss = 0;
    let correct = 0;
    for (const [inputs, label] of batches) {
      const [output] = model.forward(inputs);
      loss += (output - label) ** 2;
      if (Math.round(output) === label) correct += 1;
    }
    const accuracy = correct / Math.max(batches.length, 1);
    if (accuracy > best.accuracy) Object.assign(best, { accuracy, loss });
    console.log(\`epoch \${epoch}: accuracy=\${accuracy.toFixed(4)} loss=\${loss.toFixed(4)}\`);
    await onEpoch({ epoch, accuracy, loss });
  }
  console.info('trained in %d ms', Date.now() - started);
  return best;
}
`;
}
