/** A training script of about `bytes` bytes: classes, loops, comments, and an output statement every ten lines or so. */
export function pythonSample(bytes: number): string {
  const parts = [
    '"""A training script."""\nimport logging\nimport sys\nimport time\n\nlogger = logging.getLogger(__name__)\n\n',
  ];
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
class Block${i}(Module):
    """One block of the network, with ${i} inputs."""

    def __init__(self, width=${i + 8}, depth=2, rate=0.${(i % 9) + 1}):
        super().__init__()
        self.layers = [Linear(width, width) for _ in range(depth)]
        self.norm = LayerNorm(width, eps=1e-${(i % 6) + 3})
        self.rate = rate  # share of the units that are left out

    def forward(self, x, mask=None):
        residual = x
        for layer in self.layers:
            x = relu(layer(x))
        if mask is not None:
            x = x * mask.unsqueeze(-1)
        return self.norm(x + residual)


def train_${i}(model, loader, optimizer, epochs=${(i % 20) + 1}):
    best = {"accuracy": 0.0, "loss": float("inf")}
    started = time.time()
    for epoch in range(epochs):
        total, correct = 0.0, 0
        for step, (inputs, labels) in enumerate(loader):
            optimizer.zero_grad()
            outputs = model(inputs)
            loss = criterion(outputs, labels)
            loss.backward()
            optimizer.step()
            total += loss.item()
            correct += (outputs.argmax(1) == labels).sum().item()
        accuracy = correct / max(len(loader), 1)
        if accuracy > best["accuracy"]:
            best.update(accuracy=accuracy, loss=total)
        print(f"epoch {epoch}: accuracy={accuracy:.4f} loss={total:.4f}", flush=True)
    logger.info("trained in %.1f seconds", time.time() - started)
    return best
`;
}
