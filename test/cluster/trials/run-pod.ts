import { cpSync, existsSync, mkdirSync, writeFileSync } from 'node:fs';
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
 * looks fails its trial. The file of metrics is there meanwhile, or the sidecar would look for it all the time.
 */
const GATE =
  '[ -z "$1" ] || true >> "$1"; true > "/tmp/gate-$2"; shift 2; while [ ! -e /tmp/begin ]; do sleep 0.05; done; exec "$@"';

/** An annotation of a pod whose containers' cost is to be measured, and what measures it. */
export const MEASURED = 'measured';
const measure = join(import.meta.dirname, '../../evaluation/measured.py');

/** Where the cost of a pod's containers is written: a file for each. */
export function costsOf(stack: Stack, namespace: string): string {
  return join(stack.folder, 'costs', namespace);
}

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
  const collector = containers.find(({ image }) => image === SIDECAR);
  const metricsFile = argumentOf(collector, '-path') ?? '';
  const costs = costsOf(stack, pod.metadata.namespace);
  const isMeasured = pod.metadata.annotations?.[MEASURED] !== undefined;
  if (isMeasured) mkdirSync(costs, { recursive: true });
  const start = (container: Container) => {
    const values = environmentOf(container, pod);
    const expand = (text: string) => expandVariables(text, new Map(Object.entries(values)));
    const own = [...(container.command ?? imageCommand(container, images)), ...(container.args ?? [])].map(
      expand,
    );
    const isGated = collector !== undefined && container.image !== SIDECAR;
    const words = isGated ? ['sh', '-c', GATE, 'sh', metricsFile, container.name, ...own] : own;
    const within = sandbox.within(container.workingDir ?? '/tmp/work', words);
    const measured = [measure, join(costs, `${name} ${container.name}.json`), within.command, ...within.args];
    const path = [...images.path, process.env.PATH ?? ''].join(delimiter);
    const started = stack.start(`${name}-${container.name}`, {
      ...(isMeasured ? { command: 'python3', args: ['-I', ...measured] } : within),
      env: { PATH: path, ...values },
      cwd: '/',
    });
    return { name: container.name as string, started };
  };
  const processes = containers.filter((each) => each !== collector).map(start);
  if (collector !== undefined) {
    // it looks for the program once
    const gates = processes.map(({ name: container }) => join(temporary, `gate-${container}`));
    await waitFor(`the containers of ${name}`, () => gates.every((gate) => existsSync(gate)), 120);
    const sidecar = start(collector);
    processes.push(sidecar);
    const { started } = sidecar;
    await waitFor(
      `the sidecar of ${name}`,
      () => started.log().includes('Trial Name') && sandbox.rests(images.collector),
      120,
    );
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

/** The word behind a flag of a container. */
function argumentOf(container: Container, flag: string): string | undefined {
  const args: readonly string[] = container?.args ?? [];
  const at = args.indexOf(flag);
  return at < 0 ? undefined : args[at + 1];
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
