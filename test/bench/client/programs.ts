/** What a bench program does, and what it writes to stderr as JSON when it is done. */
export interface BenchProgram {
  /**
   * Prints `lines` metric lines: `micros` is what the caller spent per line, `began` when it began (milliseconds since
   * 1970).
   */
  readonly loop: (lines: number, call: string) => string;
  /** Prints 10 metric lines each 10 ms, `steps` times; `peak` is then the most memory that it had, in KB. */
  readonly memory: (steps: number, call: string) => string;
  /** How a line is printed with the client, and without. */
  readonly wrapped: string;
  readonly plain: string;
}

/** By language, as in `test/client/conformance/clients.ts`. */
export const programs: Readonly<Record<string, BenchProgram>> = {
  python: {
    wrapped: '_katib_push(print)',
    plain: 'print',
    loop: (lines, call) => `import sys, time, json
for i in range(200): ${call}("warm up")
wall, began = time.time() * 1000, time.perf_counter()
for i in range(${lines}):
    ${call}("epoch 1: loss=0.%d" % i)
micros = (time.perf_counter() - began) / ${lines} * 1e6
sys.stderr.write(json.dumps({"micros": micros, "began": wall}) + "\\n")
`,
    memory: (steps, call) => `import sys, time, json
for step in range(${steps}):
    for i in range(10): ${call}("epoch 1: loss=0.%d" % i)
    time.sleep(0.01)
time.sleep(0.3)
peak = [int(line.split()[1]) for line in open("/proc/self/status") if line.startswith("VmHWM")][0]
sys.stderr.write(json.dumps({"peak": peak}) + "\\n")
`,
  },
  javascript: {
    wrapped: '_katib_push(console).log',
    plain: 'console.log',
    loop: (lines, call) => `for (let i = 0; i < 200; i++) ${call}('warm up');
const [wall, began] = [Date.now(), process.hrtime.bigint()];
for (let i = 0; i < ${lines}; i++) ${call}('epoch 1: loss=0.' + i);
const micros = Number(process.hrtime.bigint() - began) / ${lines} / 1000;
process._rawDebug(JSON.stringify({ micros, began: wall }));
`,
    memory: (steps, call) => `let step = 0;
(function next() {
  for (let i = 0; i < 10; i++) ${call}('epoch 1: loss=0.' + i);
  if (++step < ${steps}) return void setTimeout(next, 10);
  setTimeout(() => {
    const peak = Number(/VmHWM:\\s*(\\d+)/.exec(require('fs').readFileSync('/proc/self/status'))[1]);
    process._rawDebug(JSON.stringify({ peak }));
  }, 300);
})();
`,
  },
};
