import { addresses, dnsServiceIp, type NodeName } from '../network.ts';
import { inside } from './inside.ts';

/** The image that holds a pod's namespaces open. */
export const pauseImage = 'localhost/docksnap/pause:1';

/**
 * containerd's configuration. `restrict_oom_score_adj` lets it run where root lacks CAP_SYS_RESOURCE. How a registry is
 * reached can be told while it runs, in `registries/<registry>/hosts.toml`.
 */
export function containerdConfig(runc: string): string {
  return `version = 3
root = "${inside.containerd}"
state = "/run/containerd"
[grpc]
address = "/run/containerd/containerd.sock"
[plugins.'io.containerd.cri.v1.images']
snapshotter = "overlayfs"
[plugins.'io.containerd.cri.v1.images'.registry]
config_path = "${inside.config}/registries"
[plugins.'io.containerd.cri.v1.images'.pinned_images]
sandbox = "${pauseImage}"
[plugins.'io.containerd.cri.v1.runtime']
restrict_oom_score_adj = true
[plugins.'io.containerd.cri.v1.runtime'.cni]
bin_dirs = ["/usr/lib/cni"]
conf_dir = "${inside.config}/cni"
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc]
runtime_type = "io.containerd.runc.v2"
[plugins.'io.containerd.cri.v1.runtime'.containerd.runtimes.runc.options]
SystemdCgroup = false
BinaryName = "${runc}"
`;
}

/** The network of a node's pods: routed point-to-point links, so that iptables sees every packet without br_netfilter. */
export function cniConfig(node: NodeName): string {
  return JSON.stringify({
    cniVersion: '1.0.0',
    name: 'docksnap',
    plugins: [
      {
        type: 'ptp',
        ipMasq: false,
        ipam: { type: 'host-local', ranges: [[{ subnet: addresses[node].podCidr }]], routes: [{ dst: '0.0.0.0/0' }] },
      },
    ],
  });
}

/** The kubelet's configuration; JSON is YAML. */
export function kubeletConfig(): string {
  return JSON.stringify({
    apiVersion: 'kubelet.config.k8s.io/v1beta1',
    kind: 'KubeletConfiguration',
    authentication: {
      anonymous: { enabled: false },
      webhook: { enabled: true },
      x509: { clientCAFile: `${inside.pki}/ca.crt` },
    },
    authorization: { mode: 'Webhook' },
    tlsCertFile: `${inside.pki}/kubelet.crt`,
    tlsPrivateKeyFile: `${inside.pki}/kubelet.key`,
    containerRuntimeEndpoint: 'unix:///run/containerd/containerd.sock',
    cgroupDriver: 'cgroupfs',
    failCgroupV1: false,
    failSwapOn: false,
    clusterDNS: [dnsServiceIp],
    clusterDomain: 'cluster.local',
    resolvConf: '',
    imageGCHighThresholdPercent: 100,
    evictionHard: { 'nodefs.available': '1%', 'imagefs.available': '1%', 'memory.available': '50Mi' },
  });
}

/** Who uses a kubeconfig, and for which server; the three credentials are PEM texts. */
export interface KubeconfigInput {
  readonly server: string;
  readonly ca: string;
  readonly certificate: string;
  readonly key: string;
}

/** A kubeconfig that holds its credentials; JSON is YAML. */
export function kubeconfig({ server, ca, certificate, key }: KubeconfigInput): string {
  const base64 = (pem: string): string => Buffer.from(pem).toString('base64');
  return JSON.stringify({
    apiVersion: 'v1',
    kind: 'Config',
    clusters: [{ name: 'docksnap', cluster: { server, 'certificate-authority-data': base64(ca) } }],
    users: [
      { name: 'docksnap', user: { 'client-certificate-data': base64(certificate), 'client-key-data': base64(key) } },
    ],
    contexts: [{ name: 'docksnap', context: { cluster: 'docksnap', user: 'docksnap' } }],
    'current-context': 'docksnap',
  });
}
