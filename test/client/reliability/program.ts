/** What a program of the fault matrix prints, in whatever language. Row `i` is the line `loss=i`, from 0 on. */
export type Plan =
  /** Blocks of rows; before each it waits for a line on stdin, after each it prints `block`. Ends with code 7. */
  | {
      readonly kind: 'blocks';
      readonly sizes: readonly number[];
      /** How many digits each value has behind the point. Default: neither point nor digits. */
      readonly pad?: number;
    }
  /** As many rows as fast as it can. Ends with code 7. */
  | { readonly kind: 'flood'; readonly rows: number }
  /** Rows at a rate, in 10 ms steps. Ends with code 7. */
  | { readonly kind: 'paced'; readonly perSecond: number; readonly seconds: number }
  /**
   * A row for each line on stdin, with the time in milliseconds behind it, until it is killed or has printed `rows`. So
   * the one who reads it knows of each row but the last that the client has it.
   */
  | { readonly kind: 'ticking'; readonly rows: number; readonly end: 'exit' | 'at once' };

/** The program's text in one language; it stands behind that client's prelude. */
export function programText(language: string, plan: Plan): string {
  const write = { python: pythonText, shim: pythonText, javascript: javascriptText }[language];
  if (!write) throw new Error(`no program for ${language}: add one to program.ts`);
  return write(plan);
}

/** How many rows it prints if nothing ends it early. */
export function rowsOf(plan: Plan): number {
  if (plan.kind === 'blocks') return plan.sizes.reduce((sum, size) => sum + size, 0);
  return plan.kind === 'paced' ? plan.perSecond * plan.seconds : plan.rows;
}

function decimals(pad = 0): string {
  return pad > 0 ? `.${'1'.repeat(pad)}` : '';
}

function pythonText(plan: Plan): string {
  if (plan.kind === 'blocks') {
    return `import sys
row = 0
for size in ${JSON.stringify(plan.sizes)}:
    sys.stdin.readline()
    for _ in range(size):
        _katib_push(print)("loss=%d${decimals(plan.pad)}" % row)
        row += 1
    print("block", flush=True)
raise SystemExit(7)
`;
  }
  if (plan.kind === 'flood') {
    return `for row in range(${plan.rows}):
    _katib_push(print)("loss=%d" % row)
raise SystemExit(7)
`;
  }
  if (plan.kind === 'paced') {
    return `import time
began, row = time.monotonic(), 0
for step in range(${plan.seconds * 100}):
    for _ in range(${plan.perSecond / 100}):
        _katib_push(print)("loss=%d" % row)
        row += 1
    time.sleep(max(0, began + (step + 1) / 100 - time.monotonic()))
raise SystemExit(7)
`;
  }
  return `import os, sys, time
for row in range(${plan.rows}):
    sys.stdin.readline()
    _katib_push(print)("loss=%d at %d" % (row, time.time() * 1000), flush=True)
${plan.end === 'at once' ? 'os._exit(7)' : 'raise SystemExit(7)'}
`;
}

function javascriptText(plan: Plan): string {
  if (plan.kind === 'blocks') {
    // never blocks: what a pipe has not taken yet is written by the loop
    return `let [row, lines, resume] = [0, 0, () => {}];
process.stdin.on('data', (data) => {
  lines += data.length;
  resume();
});
(async () => {
  for (const size of ${JSON.stringify(plan.sizes)}) {
    while (lines === 0) await new Promise((resolve) => { resume = resolve; });
    lines--;
    for (let i = 0; i < size; i++) _katib_push(console).log('loss=' + row++ + '${decimals(plan.pad)}');
    console.log('block');
  }
  process.stdin.destroy();
  process.exitCode = 7; // process.exit would cut what a pipe has not taken yet
})();
`;
  }
  if (plan.kind === 'flood') {
    return `for (let row = 0; row < ${plan.rows}; row++) _katib_push(console).log('loss=' + row);
process.exitCode = 7;
`;
  }
  if (plan.kind === 'paced') {
    return `const began = Date.now();
let [row, step] = [0, 0];
(function next() {
  if (step++ === ${plan.seconds * 100}) {
    process.exitCode = 7;
    return;
  }
  for (let i = 0; i < ${plan.perSecond / 100}; i++) _katib_push(console).log('loss=' + row++);
  setTimeout(next, Math.max(0, began + step * 10 - Date.now()));
})();
`;
  }
  return `let row = 0;
process.stdin.on('data', (lines) => {
  for (const _ of lines) _katib_push(console).log('loss=' + row++ + ' at ' + Date.now());
  if (row === ${plan.rows}) ${plan.end === 'at once' ? "process.kill(process.pid, 'SIGKILL')" : 'process.exit(7)'};
});
`;
}
