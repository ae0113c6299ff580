/**
 * Every address of the cluster. All of them live in network namespaces of their own, so clusters never collide and the
 * machine's own network is not touched.
 */

/** The nodes by name; the control plane runs on the first. */
export const nodeNames = ['node1', 'node2'] as const;

export type NodeName = (typeof nodeNames)[number];

/** The node that runs the control plane and holds the volume of the trial database. */
export const firstNode: NodeName = 'node1';

/** The addresses of one node. */
export interface NodeAddresses {
  /** Its address on the fabric, the network that joins the nodes. */
  readonly ip: string;
  /** Where its pods live. */
  readonly podCidr: string;
}

export const addresses: Readonly<Record<NodeName, NodeAddresses>> = {
  node1: { ip: '10.88.0.1', podCidr: '10.244.0.0/24' },
  node2: { ip: '10.88.0.2', podCidr: '10.244.1.0/24' },
};

/** The fabric's own address, from which connections of this machine reach the API server. */
export const fabricIp = '10.88.0.254';
export const fabricPrefixLength = 24;

export const podCidr = '10.244.0.0/16';
export const serviceCidr = '10.96.0.0/16';
export const kubernetesServiceIp = '10.96.0.1';
export const dnsServiceIp = '10.96.0.10';
export const apiServerPort = 6443;
