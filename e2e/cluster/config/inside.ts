/** Paths inside a node's mount namespace: the same on every node, whatever the machine's own are. */
export const inside = {
  /** The node's own part of the state folder. */
  node: '/run/node',
  /** Certificates and kubeconfigs for this node; the first node's hold the control plane's too. */
  pki: '/run/node/pki',
  /** Configuration files made for this node. */
  config: '/run/node/config',
  containerd: '/run/node/containerd',
  kubelet: '/run/node/kubelet',
  etcd: '/run/node/etcd',
  volumes: '/run/node/volumes',
  /** The built binaries, one folder a product. */
  bin: '/run/bin',
} as const;
