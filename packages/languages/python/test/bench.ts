/**
 * How long a rewrite takes, in bare parses of the same text. Run by hand:
 *
 *     node --conditions=source packages/languages/python/test/bench.ts
 */
import { createPython } from '@katib-push/python';
import { lines } from '../../../../test/lines.ts';
import { loadGrammar } from '../src/grammar.ts';
import { editsOf } from './python.ts';

const HEAD = `import argparse
import logging

import torch
import torch.nn.functional as F
from torchvision import datasets, transforms

logger = logging.getLogger(__name__)

`;

/** About 2 KB with three output statements, as in the examples of PyTorch. */
const TYPICAL = lines`
  class Net%d(torch.nn.Module):
      def __init__(self, hidden=128, dropout=0.5):
          super().__init__()
          self.conv1 = torch.nn.Conv2d(1, 20, 5, 1)
          self.conv2 = torch.nn.Conv2d(20, 50, 5, 1)
          self.fc1 = torch.nn.Linear(4 * 4 * 50, hidden)
          self.fc2 = torch.nn.Linear(hidden, 10)
          self.dropout = dropout

      def forward(self, x):
          x = F.relu(self.conv1(x))
          x = F.max_pool2d(x, 2, 2)
          x = F.relu(self.conv2(x))
          x = F.max_pool2d(x, 2, 2)
          x = x.view(-1, 4 * 4 * 50)
          x = F.dropout(F.relu(self.fc1(x)), self.dropout, self.training)
          return F.log_softmax(self.fc2(x), dim=1)


  def train_%d(args, model, device, loader, optimizer, epoch):
      model.train()
      for batch_idx, (data, target) in enumerate(loader):
          data, target = data.to(device), target.to(device)
          optimizer.zero_grad()
          output = model(data)
          loss = F.nll_loss(output, target)
          loss.backward()
          optimizer.step()
          if batch_idx % args.log_interval == 0:
              print(f"Train Epoch: {epoch} [{batch_idx * len(data)}/{len(loader.dataset)}]\tloss={loss.item():.4f}")


  def test_%d(args, model, device, loader):
      model.eval()
      test_loss = 0
      correct = 0
      with torch.no_grad():
          for data, target in loader:
              data, target = data.to(device), target.to(device)
              output = model(data)
              test_loss += F.nll_loss(output, target, reduction="sum").item()
              pred = output.max(1, keepdim=True)[1]
              correct += pred.eq(target.view_as(pred)).sum().item()
      test_loss /= len(loader.dataset)
      logger.info("accuracy=%%.4f", correct / len(loader.dataset))
      print("\nTest set: Average loss: {:.4f}".format(test_loss))



`;

/** An output statement in every seventh line. */
const DENSE = `def train_%d(model, loader, lr=0.1):
    total = 0.0
    for batch_idx, (data, target) in enumerate(loader):
        optimizer.zero_grad()
        loss = criterion(model(data), target)
        loss.backward()
        optimizer.step()
        total += loss.item()
        if batch_idx % 10 == 0:
            print(f"epoch {epoch}: loss={loss.item():.4f}")
    logger.info("accuracy=%.4f", total / len(loader))
    return total


`;

function sourceOf(unit: string, size: number): string {
  let text = HEAD;
  for (let number = 0; text.length < size; number++)
    text += unit.replaceAll('%d', String(number)).replaceAll('%%', '%');
  return text;
}

const { parser } = await loadGrammar();
const python = await createPython();

for (const [name, unit] of Object.entries({ typical: TYPICAL, dense: DENSE })) {
  for (const size of [2_000, 20_000, 200_000]) {
    const text = sourceOf(unit, size);
    const runs = Math.ceil(3_000_000 / size) > 300 ? 300 : Math.max(12, Math.ceil(3_000_000 / size));
    const bare: number[] = [];
    const detected: number[] = [];
    const whole: number[] = [];
    let statements = 0;
    for (let run = 0; run < runs; run++) {
      const start = performance.now();
      parser.parse(text)?.delete();
      const parsed = performance.now();
      const document = python.parse(text, { opaque: [] });
      const found = document.statements();
      for (const statement of found) statement.template?.();
      const read = performance.now();
      const next = document.edit(editsOf(document, 'env')).document;
      const left = next.statements().filter(({ wrapped }) => !wrapped);
      document.dispose();
      next.dispose();
      const end = performance.now();
      if (left.length > 0) throw new Error(`${left.length} statements are left`);
      statements = found.length;
      bare.push(parsed - start);
      detected.push(read - parsed);
      whole.push(end - parsed);
    }
    const base = median(bare);
    console.log(
      `${name} ${text.length} characters, ${statements} statements: parse ${base.toFixed(2)} ms,`,
      `parse and detect ${(median(detected) / base).toFixed(2)}x, whole rewrite and its check ${(median(whole) / base).toFixed(2)}x`,
    );
  }
}

function median(values: readonly number[]): number {
  return values.toSorted((a, b) => a - b)[values.length >> 1] as number;
}
