import type { FoundContainer } from './find-containers.ts';

/** What tells the pods of an indexed job apart; each has the index in `JOB_COMPLETION_INDEX`. */
export const completionIndexLabel = 'batch.kubernetes.io/job-completion-index';

/**
 * Whether a container's pod will have all wanted labels: `maybe` where a controller sets them at run time, or where they
 * stand in something that is not in the Experiment.
 *
 * @param group the API group of the trial's job: its controller labels the pods with keys of its own
 */
export function matchLabels(
  { podLabels, pipelineTask, role, labelsElsewhere }: FoundContainer,
  wanted: Readonly<Record<string, string>>,
  group: string,
): 'yes' | 'maybe' | 'no' {
  const known: Readonly<Record<string, unknown>> = {
    ...operatorLabels(role),
    ...podLabels,
    'tekton.dev/pipelineTask': pipelineTask,
  };
  const answers = Object.entries(wanted).map(([key, value]) => {
    const label = known[key] ?? known[key.replace(/^training\.kubeflow\.org\//, '')];
    if (label !== undefined) return label === value ? 'yes' : 'no';
    return labelsElsewhere || isControllers(key, group) ? 'maybe' : 'no';
  });
  if (answers.includes('no')) return 'no';
  return answers.includes('maybe') ? 'maybe' : 'yes';
}

/**
 * Labels that the Training Operator gives the pods of a replica type; they are not in the template. Earlier ones have no
 * prefix. A job without a master has one of its workers play it, so of other roles `job-role` isn't known.
 */
function operatorLabels(role: string | undefined): Readonly<Record<string, unknown>> {
  if (role === undefined) return {};
  const isMaster = role === 'Master' || role === 'Chief';
  return { 'replica-type': role.toLowerCase(), ...(isMaster ? { 'job-role': 'master' } : {}) };
}

/** Domains of the label keys with which controllers mark the pods that they make. */
const controllerDomains = [
  'batch.kubernetes.io',
  'training.kubeflow.org',
  'trainer.kubeflow.org',
  'jobset.sigs.k8s.io',
  'leaderworkerset.sigs.k8s.io',
  'volcano.sh',
  'app.kubernetes.io',
];
/** The same of controllers that use no domain. */
const controllerKeys =
  /^(?:job-name|controller-uid|controller-name|group-name|job-role|replica-type|replica-index|\w+-job-role|\w+-replica-(?:type|index)|spark-role)$/;

function isControllers(key: string, group: string): boolean {
  const slash = key.indexOf('/');
  if (slash < 0) return controllerKeys.test(key);
  const domain = key.slice(0, slash);
  return controllerDomains.includes(domain) || group === domain || group.endsWith(`.${domain}`);
}
