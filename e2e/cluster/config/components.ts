import { addresses, apiServerPort, firstNode, podCidr, serviceCidr, type NodeName } from '../network.ts';
import { inside } from './inside.ts';

/** A program that a node keeps running. */
export interface Component {
  readonly name: string;
  readonly command: readonly string[];
}

const { bin, pki, config } = inside;

/** The programs of a node, in the order of their start. */
export function components(node: NodeName): Component[] {
  return node === firstNode ? [...controlPlane(), ...worker(node)] : worker(node);
}

function controlPlane(): Component[] {
  const { ip } = addresses[firstNode];
  return [
    component('etcd', `${bin}/etcd/server`, {
      'data-dir': inside.etcd,
      'listen-client-urls': 'http://127.0.0.1:2379',
      'advertise-client-urls': 'http://127.0.0.1:2379',
      'listen-peer-urls': 'http://127.0.0.1:2380',
      'log-level': 'warn',
    }),
    component('kube-apiserver', `${bin}/kubernetes/kube-apiserver`, {
      'etcd-servers': 'http://127.0.0.1:2379',
      'secure-port': String(apiServerPort),
      'advertise-address': ip,
      'tls-cert-file': `${pki}/apiserver.crt`,
      'tls-private-key-file': `${pki}/apiserver.key`,
      'client-ca-file': `${pki}/ca.crt`,
      'service-account-key-file': `${pki}/service-account.pub`,
      'service-account-signing-key-file': `${pki}/service-account.key`,
      'service-account-issuer': 'https://kubernetes.default.svc.cluster.local',
      'authorization-mode': 'Node,RBAC',
      'enable-admission-plugins': 'NodeRestriction',
      'service-cluster-ip-range': serviceCidr,
      'kubelet-client-certificate': `${pki}/apiserver-kubelet-client.crt`,
      'kubelet-client-key': `${pki}/apiserver-kubelet-client.key`,
      'kubelet-certificate-authority': `${pki}/ca.crt`,
      'kubelet-preferred-address-types': 'InternalIP',
      'allow-privileged': 'true',
    }),
    component('kube-controller-manager', `${bin}/kubernetes/kube-controller-manager`, {
      kubeconfig: `${pki}/controller-manager.kubeconfig`,
      'service-account-private-key-file': `${pki}/service-account.key`,
      'root-ca-file': `${pki}/ca.crt`,
      'use-service-account-credentials': 'true',
      'bind-address': '127.0.0.1',
    }),
    component('kube-scheduler', `${bin}/kubernetes/kube-scheduler`, {
      kubeconfig: `${pki}/scheduler.kubeconfig`,
      'bind-address': '127.0.0.1',
    }),
  ];
}

function worker(node: NodeName): Component[] {
  return [
    { name: 'containerd', command: [`${bin}/containerd/containerd`, '-c', `${config}/containerd.toml`] },
    component('kubelet', `${bin}/kubernetes/kubelet`, {
      config: `${config}/kubelet.json`,
      kubeconfig: `${pki}/kubelet.kubeconfig`,
      'hostname-override': node,
      'node-ip': addresses[node].ip,
      'root-dir': inside.kubelet,
      'cert-dir': `${inside.kubelet}/pki`,
    }),
    component('kube-proxy', `${bin}/kubernetes/kube-proxy`, {
      kubeconfig: `${pki}/kube-proxy.kubeconfig`,
      'hostname-override': node,
      'cluster-cidr': podCidr,
      'proxy-mode': 'iptables',
      // The connection table's limits belong to the machine, not to this network namespace.
      'conntrack-max-per-core': '0',
      'conntrack-tcp-timeout-established': '0',
      'conntrack-tcp-timeout-close-wait': '0',
    }),
  ];
}

function component(name: string, program: string, flags: Readonly<Record<string, string>>): Component {
  return { name, command: [program, ...Object.entries(flags).map(([flag, value]) => `--${flag}=${value}`)] };
}
