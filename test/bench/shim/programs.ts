/** What the shim runs in the bench: Python that writes its figures to stderr as JSON. */
export const programs = {
  /** `rate` lines a second. The CPU seconds of its parent, the shim, and its peak memory in MB. */
  paced: (line: string, seconds: number, rate: number) => `
import os, time
def used():
    fields = open('/proc/%d/stat' % os.getppid()).read().rpartition(')')[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf('SC_CLK_TCK')
block = b''.join(b'${line}\\n' for _ in range(${rate / 100}))
time.sleep(0.2)
began, before = time.monotonic(), used()
for step in range(${seconds * 100}):
    os.write(1, block)
    time.sleep(max(0, began + (step + 1) / 100 - time.monotonic()))
cpu = used() - before
peak = [line.split()[1] for line in open('/proc/%d/status' % os.getppid()) if line.startswith('VmHWM')][0]
os.write(2, b'{"cpu": %f, "peak": %f}\\n' % (cpu, int(peak) / 1024))
`,
  /** Lines whose value is the time at which they are printed, in milliseconds, one in 50 ms. */
  stamped: (lines: number) => `
import os, time
for _ in range(${lines}):
    os.write(1, b'loss=%d\\n' % (time.time() * 1000))
    time.sleep(0.05)
`,
  /** As many metrics as it can print. The longest write in milliseconds. */
  flood: (seconds: number) => `
import os, time
longest, end = 0, time.monotonic() + ${seconds}
while time.monotonic() < end:
    began = time.monotonic()
    os.write(1, b'loss=0.123456\\n' * 100)
    longest = max(longest, time.monotonic() - began)
os.write(2, b'{"longest": %f}\\n' % (longest * 1000))
`,
};
