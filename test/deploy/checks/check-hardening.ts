import { type Manifest, ofKind, only, podTemplates } from '../manifests.ts';

/** What a Pod of ours may do and has no need of. */
export function checkHardening(manifests: readonly Manifest[]): readonly string[] {
  const images = new Set<string>();
  const problems = podTemplates(manifests).flatMap(({ owner, pod }) => {
    const { spec } = pod;
    const found: string[] = [];
    const want = (what: string, holds: boolean): void => {
      if (!holds) found.push(`${owner.kind} ${owner.metadata.name}: ${what}`);
    };
    // without a user it is the image's, or one of the cluster's own range
    const { runAsNonRoot, runAsUser = 1 } = spec.securityContext ?? {};
    want('runs as root', runAsNonRoot === true && runAsUser > 0);
    want('has no seccomp profile', spec.securityContext?.seccompProfile?.type === 'RuntimeDefault');
    want('shares a namespace of its node', !spec.hostNetwork && !spec.hostPID && !spec.hostIPC);
    want('gets the addresses of Services', spec.enableServiceLinks === false);
    want('mounts a folder of its node', !(spec.volumes ?? []).some((volume: Manifest) => volume.hostPath));
    for (const container of [...(spec.initContainers ?? []), ...spec.containers]) {
      images.add(container.image);
      const context = container.securityContext ?? {};
      want('may write its root', context.readOnlyRootFilesystem === true);
      want('may gain privileges', context.allowPrivilegeEscalation === false && context.privileged === false);
      want('has capabilities', JSON.stringify(context.capabilities) === '{"drop":["ALL"]}');
      want('may run as root', context.runAsNonRoot === true);
      want('has no limit of memory', container.resources?.limits?.memory !== undefined);
      want('requests nothing', container.resources?.requests?.cpu !== undefined);
    }
    return found;
  });
  if (images.size > 1) problems.push(`there are several images: ${[...images].join(', ')}`);
  return problems;
}

/** Rights that are wider than they have to be. */
export function checkAccess(manifests: readonly Manifest[]): readonly string[] {
  const problems: string[] = [];
  const server = only(manifests, 'Deployment').spec.template.spec;
  if (server.automountServiceAccountToken !== false) problems.push('the server gets a token');
  for (const account of ofKind(manifests, 'ServiceAccount')) {
    if (account.automountServiceAccountToken !== false)
      problems.push(`ServiceAccount ${account.metadata.name}: gives tokens unasked`);
  }
  const has = (kind: string, name: string): boolean =>
    ofKind(manifests, kind).some(({ metadata }) => metadata.name === name);
  for (const { owner, pod } of podTemplates(manifests)) {
    if (!has('ServiceAccount', pod.spec.serviceAccountName))
      problems.push(`${owner.kind}: its ServiceAccount is missing`);
  }
  const kinds: Record<string, string> = {
    secrets: 'Secret',
    mutatingwebhookconfigurations: 'MutatingWebhookConfiguration',
  };
  for (const role of [...ofKind(manifests, 'Role'), ...ofKind(manifests, 'ClusterRole')]) {
    for (const { resources, resourceNames = [], verbs } of role.rules) {
      if (verbs.join() !== 'get,patch') problems.push(`${role.kind}: allows ${verbs}`);
      if (resourceNames.length !== 1) problems.push(`${role.kind}: names ${resourceNames.length} objects`);
      if (resources.length !== 1 || !has(kinds[resources[0]] ?? '', resourceNames[0])) {
        problems.push(`${role.kind}: ${resources}/${resourceNames} is not in the manifests`);
      }
    }
  }
  for (const binding of [...ofKind(manifests, 'RoleBinding'), ...ofKind(manifests, 'ClusterRoleBinding')]) {
    if (!has(binding.roleRef.kind, binding.roleRef.name))
      problems.push(`${binding.kind}: its role is missing`);
    for (const { name } of binding.subjects) {
      if (!has('ServiceAccount', name)) problems.push(`${binding.kind}: ${name} is missing`);
      if (name === server.serviceAccountName) problems.push(`${binding.kind}: gives the server rights`);
    }
  }
  return problems;
}
