import { join } from 'node:path';

/** Where the Go modules of this suite are: one for each set of versions that can't be mixed. */
const modules = join(import.meta.dirname, '../go');

/** Kubernetes' version, as `go/kubernetes/go.mod` pins it; the server reports it only if it is built in. */
const kubernetes = '1.35.4';
const versionFlags = [
  `gitVersion=v${kubernetes}`,
  `gitMajor=${kubernetes.split('.')[0]}`,
  `gitMinor=${kubernetes.split('.')[1]}`,
].map((value) => `-X k8s.io/component-base/version.${value}`);

/** A program that is built from Go sources. */
export interface Program {
  /** File name of the binary. */
  readonly name: string;
  /** Folder of the module whose go.mod and go.sum pin it. */
  readonly module: string;
  /** Import path of its main package. */
  readonly source: string;
  /** Flags of the linker. */
  readonly linker: readonly string[];
}

const katib = (name: string, source: string): Program => ({
  name,
  module: join(modules, 'katib'),
  source,
  linker: [],
});
const ofKubernetes = (name: string, source: string): Program => ({
  name,
  module: join(modules, 'kubernetes'),
  source,
  linker: versionFlags,
});

/** All programs of the suite, the quickest to build first. */
export const programs = {
  collect: katib('collect', './collect'),
  dbManager: katib('db-manager', 'github.com/kubeflow/katib/cmd/db-manager/v1beta1'),
  collector: katib(
    'file-metricscollector',
    'github.com/kubeflow/katib/cmd/metricscollector/v1beta1/file-metricscollector',
  ),
  controller: katib('katib-controller', 'github.com/kubeflow/katib/cmd/katib-controller/v1beta1'),
  etcd: ofKubernetes('etcd', 'go.etcd.io/etcd/server/v3'),
  apiServer: ofKubernetes('kube-apiserver', 'k8s.io/kubernetes/cmd/kube-apiserver'),
  controllerManager: ofKubernetes('kube-controller-manager', 'k8s.io/kubernetes/cmd/kube-controller-manager'),
} satisfies Readonly<Record<string, Program>>;
