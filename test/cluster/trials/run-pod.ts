import { cpSync, mkdirSync, writeFileSync } from 'node:fs';
import { delimiter, join } from 'node:path';
import { expandVariables } from '../../../packages/oracle/src/trial/container-environment.ts';
import type { KubeAnswer } from '../control-plane/kube.ts';
import type { Stack } from '../stack/stack.ts';
import { waitFor } from '../stack/wait-for.ts';
import { createSandbox } from './pod-process.ts';

type Pod = KubeAnswer['body'];
// biome-ignore lint/suspicious/noExplicitAny: a container as it stands in a pod
type Container = any;

/** What the stand-in runs in place of images. */
export interface Images {
  /** Katib's collector, for the sidecar. */
  readonly collector: string;
  /** Folders by the image's name: what is in its working folder. */
  readonly folders: Readonly<Record<string, string>>;
  /** Folders in front of PATH. */
  readonly path: readonly string[];
  readonly hosts: string;
}

/** The image of Katib's collector, as the configuration of this suite calls it. */
const SIDECAR = 'collector';
/**
 * A program waits here until the sidecar has seen it: no kubelet promises that, and a script that ends before the sidecar
 * looks fails its trial.
 */
const GATE = 'while [ ! -e /tmp/begin ]; do sleep 0.05; done; exec "$@"';
/** Milliseconds in which the sidecar, once it runs, has looked for the program. */
const LOOKS = 300;

/** A file in every working folder that runs the words which are in variables of this name and a number. */
export const [WORDS_FILE, WORD] = ['run-words', 'TEST_WORD_'];
const RUN_WORDS = `n=0; set --
while eval "[ -n \\"\\\${${WORD}$n+x}\\" ]"; do eval "set -- \\"\\$@\\" \\"\\$${WORD}$n\\""; unset ${WORD}$n; n=$((n+1)); done
exec "$@"
`;

/** A pod's processes. */
export interface RunningPod {
  /** Exit codes by the container's name. */
  readonly ended: Promise<Readonly<Record<string, number>>>;
  stop(): Promise<void>;
}

/** Runs a pod's containers as processes: one namespace of processes for all, the volumes of Katib, the kubelet's `$(VAR)`. */
export async function runPod(stack: Stack, pod: Pod, images: Images): Promise<RunningPod> {
  const { name } = pod.metadata;
  const folder = join(stack.folder, 'pods', pod.metadata.uid);
  const [temporary, log] = [join(folder, 'tmp'), join(folder, 'log')];
  for (const each of [temporary, log]) mkdirSync(each, { recursive: true });
  const containers: readonly Container[] = pod.spec.containers;
  for (const { image } of containers) {
    mkdirSync(join(temporary, 'work'), { recursive: true });
    writeFileSync(join(temporary, 'work', WORDS_FILE), RUN_WORDS);
    if (images.folders[image] !== undefined)
      cpSync(images.folders[image], join(temporary, 'work'), { recursive: true });
  }
  const paths = containers.flatMap(({ volumeMounts = [] }) =>
    volumeMounts.map(({ mountPath }: Container) => mountPath),
  );
  const made = paths.filter((path: string) => /^\/(tmp|var\/log)\//.test(path));
  const mounts = { '/etc/hosts': images.hosts, '/var/log': log, '/tmp': temporary };
  const sandbox = await createSandbox(stack, name, mounts, made);
  const hasSidecar = containers.some(({ image }) => image === SIDECAR);
  const processes = containers.map((container) => {
    const values = environmentOf(container, pod);
    const expand = (text: string) => expandVariables(text, new Map(Object.entries(values)));
    const own = [...(container.command ?? imageCommand(container, images)), ...(container.args ?? [])].map(
      expand,
    );
    const words = hasSidecar && container.image !== SIDECAR ? ['sh', '-c', GATE, 'sh', ...own] : own;
    const path = [...images.path, process.env.PATH ?? ''].join(delimiter);
    const started = stack.start(`${name}-${container.name}`, {
      ...sandbox.within(container.workingDir ?? '/tmp/work', words),
      env: { PATH: path, ...values },
      cwd: '/',
    });
    return { name: container.name as string, image: container.image as string, started };
  });
  const sidecar = processes.find(({ image }) => image === SIDECAR);
  if (sidecar !== undefined) {
    await waitFor(`the sidecar of ${name}`, () => sidecar.started.log().includes('Trial Name'));
    await new Promise((resolve) => setTimeout(resolve, LOOKS));
    writeFileSync(join(temporary, 'begin'), '');
  }
  const ended = Promise.all(
    processes.map(async ({ name: container, started }) => {
      const code = await started.ended;
      return [container, typeof code === 'number' ? code : 137] as const;
    }),
  ).then(async (codes) => {
    await sandbox.stop();
    return Object.fromEntries(codes);
  });
  return {
    ended,
    async stop() {
      await Promise.all(processes.map(({ started }) => started.stop()));
      await sandbox.stop();
    },
  };
}

/** An image's entrypoint: only that of Katib's collector is known here. */
function imageCommand({ image, name }: Container, images: Images): readonly string[] {
  return image === SIDECAR
    ? [images.collector]
    : ['sh', '-c', `echo "there is no image ${name}" >&2; exit 127`];
}

/** As the kubelet sets them: in order, earlier ones expanded. */
function environmentOf({ env = [] }: Container, pod: Pod): Record<string, string> {
  const values: Record<string, string> = {};
  for (const { name, value = '', valueFrom } of env) {
    const field = valueFrom?.fieldRef?.fieldPath;
    values[name] =
      field === undefined
        ? expandVariables(value, new Map(Object.entries(values)))
        : String(fieldOf(pod, field) ?? '');
  }
  return values;
}

function fieldOf(pod: Pod, path: string): unknown {
  const key = /^metadata\.(labels|annotations)\['(.+)'\]$/.exec(path);
  if (key) return pod.metadata[key[1]!]?.[key[2]!];
  return path.split('.').reduce((at, name) => at?.[name], pod);
}
