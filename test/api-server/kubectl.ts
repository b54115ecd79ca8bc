import type { ApiServerDouble, Outcome, RequestOptions } from './api-server.ts';
import { applyOwned, mergePatch, threeWayPatch } from './merge.ts';
import type { KubernetesObject } from './review.ts';

const lastApplied = 'kubectl.kubernetes.io/last-applied-configuration';

/** What the commands of kubectl come to. */
export interface Kubectl {
  /** Client-side apply: creates, or patches with a three-way merge. */
  apply(manifest: KubernetesObject, options?: RequestOptions): Promise<Outcome>;
  /** `apply --server-side` by one and the same manager. */
  applyServerSide(manifest: KubernetesObject, options?: RequestOptions): Promise<Outcome>;
  replace(manifest: KubernetesObject, options?: RequestOptions): Promise<Outcome>;
  /** `patch --type merge`. */
  patch(name: string, patch: KubernetesObject): Promise<Outcome>;
  /** Gets the object, changes it, and puts it back: `edit`, and what controllers do. */
  edit(name: string, change: (object: Record<string, unknown>) => void): Promise<Outcome>;
}

export function createKubectl(server: ApiServerDouble): Kubectl {
  const live = (name: string): KubernetesObject => {
    const object = server.get(name);
    if (!object) throw new Error(`there is no ${name}`);
    return object;
  };
  return {
    apply(manifest, options) {
      const name = nameOf(manifest);
      const modified = withAnnotation(manifest, lastApplied, JSON.stringify(manifest));
      const current = server.get(name);
      if (!current) return server.create(modified, options);
      const original = JSON.parse(annotationsOf(current)[lastApplied] ?? '{}');
      const patch = threeWayPatch(original, modified, current);
      return server.update(mergePatch(current, patch) as KubernetesObject, options);
    },
    applyServerSide(manifest, options) {
      const current = server.get(nameOf(manifest));
      if (!current) return server.create(manifest, options);
      return server.update(applyOwned(current, manifest) as KubernetesObject, options);
    },
    replace: (manifest, options) => server.update(manifest, options),
    patch: (name, patch) => server.update(mergePatch(live(name), patch) as KubernetesObject),
    edit(name, change) {
      const object = structuredClone(live(name)) as Record<string, unknown>;
      change(object);
      return server.update(object);
    },
  };
}

function nameOf(manifest: KubernetesObject): string {
  return (manifest.metadata as { readonly name: string }).name;
}

function annotationsOf(object: KubernetesObject): Readonly<Record<string, string>> {
  return (object.metadata as { readonly annotations?: Record<string, string> }).annotations ?? {};
}

function withAnnotation(manifest: KubernetesObject, name: string, value: string): KubernetesObject {
  const annotations = { ...annotationsOf(manifest), [name]: value };
  return { ...manifest, metadata: { ...(manifest.metadata as object), annotations } };
}
