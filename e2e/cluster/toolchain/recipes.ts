import { join } from 'node:path';
import { CHECKOUT } from '../paths.ts';

/** How one Go module of ours is built into binaries. */
export interface Recipe {
  readonly name: string;
  /** What the user sees: product and version. */
  readonly title: string;
  /** Folder with the committed go.mod and go.sum: they fix every version, with hashes. */
  readonly moduleDir: string;
  /** Import paths of the commands; each gives a binary named by its last element. */
  readonly packages: readonly string[];
  /** Values that the linker writes into string variables. */
  readonly variables: Readonly<Record<string, string>>;
  /** Time on two idle cores with empty caches, modules already downloaded. */
  readonly expectedSeconds: number;
}

const KUBERNETES_VERSION = '1.37.2';
const CONTAINERD_VERSION = '2.4.2';
const HELM_VERSION = '4.3.1';

const modules = join(import.meta.dirname, 'modules');

/** Everything that is built from Go modules, by name. */
export const recipes = {
  kubernetes: {
    name: 'kubernetes',
    title: `Kubernetes ${KUBERNETES_VERSION}`,
    moduleDir: join(modules, 'kubernetes'),
    packages: ['kube-apiserver', 'kube-controller-manager', 'kube-scheduler', 'kubelet', 'kube-proxy', 'kubectl'].map(
      (command) => `k8s.io/kubernetes/cmd/${command}`,
    ),
    variables: {
      'k8s.io/component-base/version.gitVersion': `v${KUBERNETES_VERSION}`,
      'k8s.io/component-base/version.gitMajor': '1',
      'k8s.io/component-base/version.gitMinor': '37',
      'k8s.io/component-base/version.gitTreeState': 'clean',
      'k8s.io/client-go/pkg/version.gitVersion': `v${KUBERNETES_VERSION}`,
    },
    expectedSeconds: 525,
  },
  etcd: {
    name: 'etcd',
    title: 'etcd 3.7.3',
    moduleDir: join(modules, 'etcd'),
    packages: ['go.etcd.io/etcd/server/v3'],
    variables: {},
    expectedSeconds: 30,
  },
  containerd: {
    name: 'containerd',
    title: `containerd ${CONTAINERD_VERSION}`,
    moduleDir: join(modules, 'containerd'),
    packages: ['containerd', 'containerd-shim-runc-v2', 'ctr'].map(
      (command) => `github.com/containerd/containerd/v2/cmd/${command}`,
    ),
    variables: { 'github.com/containerd/containerd/v2/version.Version': `v${CONTAINERD_VERSION}` },
    expectedSeconds: 75,
  },
  coredns: {
    name: 'coredns',
    title: 'CoreDNS 1.14.0',
    moduleDir: join(modules, 'coredns'),
    packages: ['github.com/coredns/coredns'],
    variables: {},
    expectedSeconds: 115,
  },
  helm: {
    name: 'helm',
    title: `Helm ${HELM_VERSION}`,
    moduleDir: join(modules, 'helm'),
    packages: ['helm.sh/helm/v4/cmd/helm'],
    variables: { 'helm.sh/helm/v4/internal/version.version': `v${HELM_VERSION}` },
    expectedSeconds: 60,
  },
  trialDatabase: {
    name: 'trial-database',
    title: 'FerretDB 1.24.2 (the trial database)',
    moduleDir: join(CHECKOUT, 'api/trial-database'),
    packages: ['docksnap.io/trial-database'],
    variables: {},
    expectedSeconds: 45,
  },
  pause: {
    name: 'pause',
    title: 'the pause program',
    moduleDir: join(CHECKOUT, 'e2e/images/pause'),
    packages: ['docksnap.io/pause'],
    variables: {},
    expectedSeconds: 3,
  },
} as const satisfies Record<string, Recipe>;
