type Undo = () => void;

const undos = new Set<Undo>();
const signals = ['SIGINT', 'SIGTERM', 'SIGHUP'] as const;

/** Calls `undo` when the suite is interrupted or dies of an error. Returns what takes this back. */
export function onInterrupt(undo: Undo): () => void {
  undos.add(undo);
  return () => {
    undos.delete(undo);
  };
}

/** From now on Ctrl-C, SIGTERM, SIGHUP and errors that nothing catches undo, the latest first, and end the process. */
export function watchInterrupts(): void {
  for (const [index, signal] of signals.entries())
    process.on(signal, () => {
      console.error(`cluster: ${signal}: stopping what was started`);
      process.exit(128 + [2, 15, 1][index]!);
    });
  process.on('exit', () => {
    for (const undo of [...undos].reverse()) undo();
    undos.clear();
  });
}
