import { mkdirSync, mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join, relative } from 'node:path';
import { parseAllDocuments, stringify } from 'yaml';
import type { Manifest } from './manifests.ts';
import { root, run, type Tools } from './tools.ts';

const chart = join(root, 'deploy/helm/katib-push-webhook');

/** What `kubectl kustomize` makes of a folder below deploy/kustomize. Throws where it refuses. */
export function renderKustomize({ kubectl }: Tools, folder: string): readonly Manifest[] {
  return parseManifests(run(kubectl, ['kustomize', join(root, 'deploy/kustomize', folder)]));
}

/** What `kubectl kustomize` makes of an overlay of a reader: a kustomization with paths relative to deploy/kustomize. */
export function renderOwnOverlay(
  { kubectl }: Tools,
  kustomization: Readonly<Record<string, unknown>>,
): readonly Manifest[] {
  const folder = mkdtempSync(join(tmpdir(), 'katib-push-overlay-'));
  try {
    const base = relative(folder, join(root, 'deploy/kustomize'));
    const place = (paths: unknown): unknown =>
      Array.isArray(paths) ? paths.map((path: string) => join(base, path)) : paths;
    const { resources, components, transformers, ...rest } = kustomization;
    mkdirSync(folder, { recursive: true });
    writeFileSync(
      join(folder, 'kustomization.yaml'),
      stringify({
        apiVersion: 'kustomize.config.k8s.io/v1beta1',
        kind: 'Kustomization',
        resources: place(resources),
        ...(components ? { components: place(components) } : {}),
        ...(transformers ? { transformers: place(transformers) } : {}),
        ...rest,
      }),
    );
    return parseManifests(run(kubectl, ['kustomize', folder]));
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** A release of the chart. */
export interface Release {
  readonly name?: string;
  readonly namespace?: string;
  readonly values?: Readonly<Record<string, unknown>>;
  /** Values as `--set` takes them. */
  readonly set?: readonly string[];
  readonly kubeVersion?: string;
  /** With what `helm test` runs. Default false: `helm install` doesn't make it. */
  readonly tests?: boolean;
}

/** What `helm template` makes of the chart. Throws where it refuses. */
export function renderChart(tools: Tools, release: Release = {}): readonly Manifest[] {
  return parseManifests(runHelm(tools, 'template', release));
}

/** What `helm lint --strict` has to say; `status` is 0 where it is content. */
export function lintChart(
  tools: Tools,
  release: Release = {},
): { readonly status: number | null; readonly output: string } {
  return runHelm(tools, 'lint', release);
}

function runHelm({ helm }: Tools, command: 'template' | 'lint', release: Release) {
  const {
    name = 'katib-push-webhook',
    namespace = 'katib-push',
    values = {},
    set = [],
    kubeVersion = '1.35.0',
    tests = false,
  } = release;
  const folder = mkdtempSync(join(tmpdir(), 'katib-push-values-'));
  try {
    const file = join(folder, 'values.yaml');
    writeFileSync(file, stringify(values));
    const common = [
      chart,
      '--namespace',
      namespace,
      '--values',
      file,
      '--kube-version',
      kubeVersion,
      ...set.flatMap((each) => ['--set', each]),
    ];
    return run(
      helm,
      command === 'template'
        ? ['template', name, ...common, ...(tests ? [] : ['--skip-tests'])]
        : ['lint', '--strict', ...common],
    );
  } finally {
    rmSync(folder, { recursive: true, force: true });
  }
}

/** The objects of a stream of YAML. Throws where what made it failed. */
export function parseManifests({
  status,
  output,
}: {
  readonly status: number | null;
  readonly output: string;
}): readonly Manifest[] {
  if (status !== 0) throw new Error(output);
  return parseAllDocuments(output).flatMap((document) => {
    if (document.errors.length > 0) throw new Error(`${document.errors[0]?.message}\n${output}`);
    const manifest = document.toJS() as Manifest | null;
    return manifest === null ? [] : [manifest];
  });
}
