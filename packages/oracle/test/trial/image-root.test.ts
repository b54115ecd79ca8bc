import { execFileSync, spawnSync } from 'node:child_process';
import {
  copyFileSync,
  existsSync,
  mkdirSync,
  mkdtempSync,
  readdirSync,
  rmSync,
  symlinkSync,
  writeFileSync,
} from 'node:fs';
import { tmpdir } from 'node:os';
import { dirname, join } from 'node:path';
import { OracleError, runTrial } from '@katib-push/oracle';
import { afterAll, beforeAll, describe, expect, it, onTestFinished } from 'vitest';

const isRoot = process.getuid?.() === 0;
const namespaces =
  spawnSync('unshare', ['--mount', ...(isRoot ? [] : ['--map-root-user']), 'true']).status === 0;
const root = mkdtempSync(join(tmpdir(), 'katib-push-image-'));
afterAll(() => rmSync(root, { recursive: true, force: true }));

const experiment = (command: readonly string[], more: object = {}) => ({
  apiVersion: 'kubeflow.org/v1beta1',
  kind: 'Experiment',
  metadata: { name: 'tune' },
  spec: {
    objective: { objectiveMetricName: 'loss' },
    metricsCollectorSpec: { collector: { kind: 'Push' } },
    trialTemplate: {
      primaryContainerName: 'main',
      trialSpec: {
        apiVersion: 'batch/v1',
        kind: 'Job',
        spec: { template: { spec: { containers: [{ name: 'main', image: 'x', command, ...more }] } } },
      },
    },
  },
});
const outputOf = async (command: readonly string[], more: object = {}) => {
  const { stdout, stderr, exitCode } = await runTrial(experiment(command, more), { root });
  return { stdout: Buffer.from(stdout).toString(), stderr: Buffer.from(stderr).toString(), exitCode };
};

describe.skipIf(!namespaces)("a folder as the image's root, laid over this machine's files", () => {
  beforeAll(() => {
    for (const folder of ['opt/model', 'usr/local/katib-push-test', 'etc', 'empty'])
      mkdirSync(join(root, folder), { recursive: true });
    writeFileSync(join(root, 'opt/model/train.sh'), 'echo "loss=0.5 $1 $(pwd)"\n');
    writeFileSync(join(root, 'main.sh'), 'echo main\n');
    writeFileSync(join(root, 'usr/local/katib-push-test/data'), 'data\n');
    writeFileSync(join(root, 'etc/katib-push-test'), 'settings\n');
    symlinkSync('/opt/model', join(root, 'model'));
  });

  it.each<[string, readonly string[], string, object?]>([
    [
      'finds a script at its absolute path, and starts in /',
      ['sh', '/opt/model/train.sh', 'a b'],
      'loss=0.5 a b /\n',
    ],
    [
      'starts in the working folder of the container',
      ['sh', 'train.sh', '$HOME'],
      'loss=0.5 $HOME /opt/model\n',
      { workingDir: '/opt/model' },
    ],
    ['finds a file beside the folders', ['sh', 'main.sh'], 'main\n'],
    ['follows a link of the image', ['sh', '/model/train.sh', ''], 'loss=0.5  /\n'],
    [
      'shows what lies deep among files of this machine',
      ['cat', '/usr/local/katib-push-test/data', '/etc/katib-push-test'],
      'data\nsettings\n',
    ],
    [
      'and those files beside it',
      ['sh', '-c', 'test -s /etc/passwd && test -x /usr/bin/env && echo yes'],
      'yes\n',
    ],
  ])('%s', async (_, command, stdout, more) => {
    expect(await outputOf(command, more)).toEqual({ stdout, stderr: '', exitCode: 0 });
  });

  it('needs no chroot on the PATH, as users of Debian have it, and leaves that as it is', async () => {
    const { PATH } = process.env;
    onTestFinished(() => void Object.assign(process.env, { PATH }));
    process.env.PATH = '/usr/bin:/bin';
    const { stdout, stderr } = await outputOf(['/bin/sh', '-c', 'echo "$PATH"']);
    expect({ stdout: stdout.replace(/:\/tmp\/\S+/, ''), stderr }).toEqual({
      stdout: '/usr/bin:/bin\n',
      stderr: '',
    });
  });

  it('lets the command write, and keeps nothing of it, there or here', async () => {
    const { exitCode } = await outputOf(['sh', '-c', 'echo x >/written && mkdir /made && cat /written']);
    expect(exitCode).toBe(0);
    expect(readdirSync(root)).not.toContain('written');
    expect(existsSync('/written') || existsSync('/made')).toBe(false);
  });

  it('ends as the command ends', async () => {
    expect(await outputOf(['sh', '-c', 'exit 7'])).toMatchObject({ exitCode: 7 });
    const run = await runTrial(experiment(['sh', '-c', 'kill -TERM $$$$']), { root });
    expect(run.signal).toBe('SIGTERM');
    expect(await outputOf(['no-such-command'])).toMatchObject({ exitCode: 127 });
  });

  it('refuses a folder that is not there', async () => {
    const failed = runTrial(experiment(['true']), { root: '/no/such/folder' });
    await expect(failed).rejects.toThrow(OracleError);
    await expect(failed).rejects.toMatchObject({
      code: 'no-root',
      message: expect.stringContaining('no such file or directory'),
    });
  });
});

describe.skipIf(!namespaces)('a folder with a system of its own', () => {
  const system = mkdtempSync(join(tmpdir(), 'katib-push-system-'));
  afterAll(() => rmSync(system, { recursive: true, force: true }));

  it('is all that the command sees, but for what every container has', async () => {
    const libraries = execFileSync('/usr/bin/ldd', ['/bin/sh'], { encoding: 'utf8' }).match(/\/\S+/g) ?? [];
    for (const file of ['/bin/sh', ...libraries]) {
      mkdirSync(dirname(join(system, file)), { recursive: true });
      copyFileSync(file, join(system, file));
    }
    writeFileSync(
      join(system, 'train.sh'),
      'echo loss=0.5; echo /*; echo >/dev/null && test -d /proc/self\n',
    );
    const { stdout, exitCode } = await runTrial(experiment(['sh', 'train.sh']), { root: system });
    const [row, listing] = Buffer.from(stdout).toString().split('\n');
    expect({ row, exitCode }).toEqual({ row: 'loss=0.5', exitCode: 0 });
    const own = readdirSync(system).map((name) => `/${name}`);
    expect(listing?.split(' ').sort()).toEqual([...own, '/dev', '/proc', '/sys', '/tmp'].sort());
  });
});
