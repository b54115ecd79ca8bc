import { renderRows } from '../../write-section.ts';
import { PLAIN, REWRITTEN, type Stored } from '../admission/world.ts';
import type { FullLab } from './lab.ts';

/** What Katib made of the pods of one Experiment, pulled and pushed, as a table. */
export async function describePods({ kube }: FullLab, experiment: string): Promise<string> {
  const podOf = async (namespace: string): Promise<Stored> => {
    const selector = encodeURIComponent(`katib.kubeflow.org/experiment=${experiment}`);
    const { items } = await kube.must(
      'GET',
      `/api/v1/namespaces/${namespace}/pods?labelSelector=${selector}`,
    );
    return items[0].spec;
  };
  const [pull, push] = [await podOf(PLAIN), await podOf(REWRITTEN)];
  const facts: Readonly<Record<string, (spec: Stored) => string>> = {
    containers: ({ containers }) => containers.map(({ name }: Stored) => `\`${name}\``).join(', '),
    'requested for what was added': ({ containers }) => quantities(containers.slice(1), 'requests'),
    'limits of what was added': ({ containers }) => quantities(containers.slice(1), 'limits'),
    'process namespace': ({ shareProcessNamespace }) =>
      shareProcessNamespace ? 'shared between the containers' : 'as in the template',
    volumes: ({ volumes = [] }) =>
      volumes.map(({ name, ...source }: Stored) => `\`${name}\` (${Object.keys(source)})`).join(', ') ||
      'none',
    command: ({ containers: [{ command = [], args = [] }] }) => {
      const words = [...command, ...args].map((word: string) => word.replace(/\s+/g, ' '));
      const text = words.join(' ');
      return `\`${text.length > LONGEST ? `${text.slice(0, LONGEST)}…` : text}\``;
    },
  };
  const rows = Object.entries(facts).map(([what, tell]) => [what, tell(pull), tell(push)]);
  return renderRows(['in the pod of a trial', 'pull', 'push by the shim'], rows);
}

/** Characters of a command that are shown. */
const LONGEST = 120;

function quantities(containers: readonly Stored[], of: 'requests' | 'limits'): string {
  const all = containers.map(({ resources }) => Object.entries(resources?.[of] ?? {}));
  return (
    all.map((each) => each.map(([name, amount]) => `${amount} ${name}`).join(', ')).join('; ') || 'nothing'
  );
}
