import { readFileSync, watch } from 'node:fs';
import { constants } from 'node:os';
import { describe, expect, it } from 'vitest';
import { asProcess1, canUnshare, python } from './interpreters.ts';
import { first, type Program, runLine, runShim } from './run-shim.ts';

/** Tells of each signal that can be handled; ends with code 5 at SIGTERM. */
const TELLS_SIGNALS = `
import os, signal
def tell(number, frame):
    os.write(1, b"got %d\\n" % number)
    if number == signal.SIGTERM:
        os._exit(5)
for number in signal.valid_signals():
    try:
        signal.signal(number, tell)
    except (OSError, ValueError):
        pass
os.write(1, b"ready\\n")
while True:
    signal.pause()
`;

const { SIGKILL, SIGSTOP, SIGCHLD, SIGPIPE, SIGFPE, SIGILL, SIGSEGV, SIGBUS, SIGABRT, SIGTRAP, SIGSYS } =
  constants.signals;
const { SIGTTIN, SIGTTOU, SIGXFSZ, SIGTERM } = constants.signals;
const kept = [SIGKILL, SIGSTOP, SIGCHLD, SIGPIPE, SIGFPE, SIGILL, SIGSEGV, SIGBUS, SIGABRT, SIGTRAP, SIGSYS];
const forwarded = Array.from({ length: 64 }, (_, i) => i + 1).filter(
  (number) => ![...kept, SIGTTIN, SIGTTOU, SIGXFSZ, 32, 33].includes(number),
);

/** The process that is 1 in the namespace which a program of `unshare` made. */
function process1({ child }: Program): number {
  return Number(readFileSync(`/proc/${child.pid}/task/${child.pid}/children`, 'utf8').trim());
}

async function sendAll(program: Program, pid: () => number): Promise<void> {
  await program.said('ready\n');
  for (const number of [...forwarded.filter((each) => each !== SIGTERM), SIGTERM]) {
    process.kill(pid(), number);
    await program.said(`got ${number}\n`);
  }
}

describe.concurrent('how a command ends', () => {
  it.each([0, 1, 3, 77, 255])('exit %i', async (code) => {
    expect((await runLine(`exit ${code}`)).code).toBe(code);
  });

  it.each(['KILL', 'TERM', 'SEGV', 'ABRT', 'INT', 'HUP', 'USR1', 'PIPE'])('SIG%s', async (name) => {
    const number = constants.signals[`SIG${name}` as NodeJS.Signals];
    expect((await runLine(`kill -${name} $$`)).code).toBe(128 + number);
  });

  it('with 127, where it is not there', async () => {
    const { code, stderr } = await runShim({ words: ['no-such-command'] });
    expect({ code, stderr }).toEqual({ code: 127, stderr: 'katib-push: no-such-command: not found\n' });
  });

  it('with 126, where it may not be run', async () => {
    const { code, stderr } = await runShim({ words: ['/etc/passwd'] });
    expect({ code, stderr }).toEqual({ code: 126, stderr: 'katib-push: /etc/passwd: Permission denied\n' });
  });

  it('runs a script without #! by a shell', async () => {
    const { code, rows } = await runShim({
      words: ['bin/plain', '3'],
      files: { 'bin/plain': 'echo loss=$1; exit 4\n' },
    });
    expect({ code, rows }).toEqual({ code: 4, rows: ['loss=3'] });
  });

  it.runIf(canUnshare)('with its code as process 1, too', async () => {
    expect(await runLine('echo loss=$$; exit 9', { before: asProcess1 })).toMatchObject({ code: 9 });
    expect((await runLine('kill -9 $$', { before: asProcess1 })).code).toBe(137);
  });
});

describe.concurrent('signals', () => {
  it('reach the command, each once', async () => {
    const { stdout, code } = await runShim({
      words: [python, '-c', TELLS_SIGNALS],
      drive: (program) => sendAll(program, () => program.child.pid ?? 0),
    });
    const got = [...stdout.matchAll(/got (\d+)/g)].map(([, number]) => Number(number));
    expect(got.toSorted((a, b) => a - b)).toEqual(forwarded);
    expect(code).toBe(5);
  });

  it.runIf(canUnshare)('reach it where the shim is process 1', async () => {
    const { stdout, code } = await runShim({
      words: [python, '-c', TELLS_SIGNALS],
      before: asProcess1,
      drive: (program) => sendAll(program, () => process1(program)),
    });
    const got = [...stdout.matchAll(/got (\d+)/g)].map(([, number]) => Number(number));
    expect(got.toSorted((a, b) => a - b)).toEqual(forwarded);
    expect(code).toBe(5);
  });

  it('that end a command without a handler end the shim', async () => {
    const { code } = await runLine('echo ready; exec sleep 1000', {
      drive: ({ said, child }) => said('ready').then(() => child.kill('SIGTERM')),
    });
    expect(code).toBe(143);
  });

  it.runIf(canUnshare)('end it as process 1, where it was deaf to them before', async () => {
    const { code } = await runLine('echo ready; exec sleep 1000', {
      before: asProcess1,
      drive: (program) => program.said('ready').then(() => process.kill(process1(program), 'SIGTERM')),
    });
    expect(code).toBe(143);
  });

  it('that were ignored are ignored in the command', async () => {
    const masks = (text: string) => text.match(/SigIgn:\s*(\w+)/)?.[1];
    const line = 'grep SigIgn /proc/self/status';
    const before = first('trap "" INT QUIT USR2');
    const [shim, plain] = await Promise.all([
      runLine(line, { before }),
      runLine(line, { before, plain: true }),
    ]);
    expect(masks(shim.stdout)).toBe(masks(plain.stdout));
  });

  it('are neither blocked nor ignored for our own sake', async () => {
    const line = 'grep -E "Sig(Ign|Blk)" /proc/self/status';
    const [shim, plain] = await Promise.all([
      runLine(line),
      runLine(line, { before: first(':'), plain: true }),
    ]);
    expect(shim.stdout).toBe(plain.stdout);
  });

  it('that a command ignores leave it and us alone', async () => {
    const { code, stdout } = await runLine('trap "" TERM; echo ready; read line; echo done; exit 6', {
      drive: async ({ said, child }) => {
        await said('ready');
        child.kill('SIGTERM');
        child.stdin.end('\n');
      },
    });
    expect({ code, stdout }).toEqual({ code: 6, stdout: 'ready\ndone\n' });
  });

  it('reach a command while nobody reads what it prints', async () => {
    const line = 'trap "echo >got; exit 8" TERM; echo ready >&2; while :; do echo xxxxxxxxxxxxxxxx; done';
    const { code } = await runLine(line, {
      drive: async ({ said, child, folder }) => {
        child.stdout.pause();
        await said('ready');
        const got = new Promise<void>((resolve) => {
          const watcher = watch(folder, () => resolve(watcher.close()));
        });
        child.kill('SIGTERM');
        await got;
        child.stdout.resume();
      },
    });
    expect(code).toBe(8);
  });
});

describe.concurrent('processes', () => {
  it.runIf(canUnshare)('that nobody waits for are taken by process 1', async () => {
    const orphans = `
import os, sys, time
for _ in range(3):
    if os.fork() == 0:
        if os.fork() == 0:
            os._exit(0)
        os._exit(0)
    os.wait()
def zombies():
    states = []
    for name in os.listdir('/proc'):
        if name.isdigit():
            try:
                states.append(open('/proc/%s/stat' % name).read().rpartition(')')[2].split()[0])
            except (FileNotFoundError, ProcessLookupError):
                pass
    return states.count('Z')
end = time.time() + 30
while zombies() and time.time() < end:
    time.sleep(0.01)
print('zombies', zombies())
`;
    const { stdout } = await runShim({ words: [python, '-c', orphans], before: asProcess1 });
    expect(stdout).toBe('zombies 0\n');
  });

  it('that are left behind and silent do not keep us', async () => {
    const { code, rows } = await runLine('sleep 1000 & echo loss=$! ; exit 4');
    process.kill(Number(rows[0]?.slice('loss='.length)), 'SIGKILL');
    expect(code).toBe(4);
  });

  it('that are left behind and print for ever do not keep us', async () => {
    const { code, rows } = await runLine('(while :; do echo noise; done) & echo loss=1; exit 3');
    expect({ code, rows }).toEqual({ code: 3, rows: ['loss=1'] });
  });

  it.runIf(canUnshare)(
    'that are left behind by process 1 are ended, and what they printed is read',
    async () => {
      const { code, rows } = await runLine('(while :; do echo noise; done) & echo loss=1; exit 3', {
        before: asProcess1,
      });
      expect({ code, rows }).toEqual({ code: 3, rows: ['loss=1'] });
    },
  );

  it('that can not be made: the command runs as it is', async () => {
    const { code, stdout, stderr, rows } = await runShim({
      words: ['sh', '-c', 'grep SigIgn /proc/self/status; echo loss=1; exit 2'],
      preface: 'import os\ndef refuse(): raise OSError(11, "no more processes")\nos.fork = refuse',
      before: first('trap "" INT'),
    });
    expect({ code, stdout, rows }).toEqual({
      code: 2,
      stdout: 'SigIgn:\t0000000000000002\nloss=1\n',
      rows: [],
    });
    expect(stderr).toBe(
      "katib-push: the metrics of this trial are not pushed, its command runs as it is: BlockingIOError(11, 'no more processes')\n",
    );
  });
});
