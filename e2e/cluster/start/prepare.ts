import { chownSync, mkdirSync, readFileSync } from 'node:fs';
import { join } from 'node:path';
import { components } from '../config/components.ts';
import { cniConfig, containerdConfig, kubeconfig, kubeletConfig } from '../config/files.ts';
import {
  addresses,
  apiServerPort,
  fabricIp,
  firstNode,
  kubernetesServiceIp,
  nodeNames,
  type NodeName,
} from '../network.ts';
import { createAuthority, createSigningKeys, type Authority, type Subject } from './pki.ts';
import { stateFiles, writeFiles } from '../state.ts';

/** The user that the trial database's container runs as. */
const DATABASE_UID = 65532;
const NODE_FOLDERS = ['containerd', 'kubelet', 'etcd', 'var', 'logs', 'volumes/trial-database'];

/** Writes the certificates of a new cluster: they live as long as its state. */
export async function writeCertificates(dir: string): Promise<void> {
  const authority = await createAuthority('docksnap-cluster');
  const state = stateFiles(dir);
  for (const node of nodeNames) {
    const files =
      node === firstNode
        ? { ...(await workerFiles(authority, node)), ...(await controlPlaneFiles(authority)) }
        : await workerFiles(authority, node);
    writeFiles(join(state.node(node), 'pki'), files);
  }
  const admin = await authority.issue({ commonName: 'docksnap-admin', organization: 'system:masters' });
  writeFiles(state.adminPki, {
    'ca.crt': authority.certificate,
    'admin.crt': admin.certificate,
    'admin.key': admin.key,
  });
}

/** What of this machine goes into the configuration. */
export interface Machine {
  readonly runc: string;
  /** Where the API server is within reach on 127.0.0.1. */
  readonly apiServerPort: number;
}

/** Writes what the nodes' programs read besides certificates, and the admin's kubeconfig; done at each start. */
export function writeConfiguration(dir: string, machine: Machine): void {
  for (const node of nodeNames) {
    const nodeDir = stateFiles(dir).node(node);
    for (const folder of NODE_FOLDERS) mkdirSync(join(nodeDir, folder), { recursive: true });
    writeFiles(join(nodeDir, 'config'), {
      components: components(node)
        .map(({ name, command }) => `${name} ${command.join(' ')}\n`)
        .join(''),
      'containerd.toml': containerdConfig(machine.runc),
      'kubelet.json': kubeletConfig(),
      'cni/10-docksnap.conflist': cniConfig(node),
    });
  }
  const pem = (name: string): string => readFileSync(join(stateFiles(dir).adminPki, name), 'utf8');
  const server = `https://127.0.0.1:${machine.apiServerPort}`;
  writeFiles(dir, {
    kubeconfig: kubeconfig({ server, ca: pem('ca.crt'), certificate: pem('admin.crt'), key: pem('admin.key') }),
  });
  chownSync(join(stateFiles(dir).node(firstNode), 'volumes/trial-database'), DATABASE_UID, DATABASE_UID);
}

async function workerFiles(authority: Authority, node: NodeName): Promise<Record<string, string>> {
  const { ip } = addresses[node];
  const kubelet = await authority.issue({
    commonName: `system:node:${node}`,
    organization: 'system:nodes',
    servedAs: [node, ip, '127.0.0.1'],
  });
  const server = `https://${addresses[firstNode].ip}:${apiServerPort}`;
  return {
    'ca.crt': authority.certificate,
    'kubelet.crt': kubelet.certificate,
    'kubelet.key': kubelet.key,
    'kubelet.kubeconfig': kubeconfig({ server, ca: authority.certificate, ...kubelet }),
    'kube-proxy.kubeconfig': await userFile(authority, server, { commonName: 'system:kube-proxy' }),
  };
}

async function controlPlaneFiles(authority: Authority): Promise<Record<string, string>> {
  const { ip } = addresses[firstNode];
  const service = [
    'kubernetes',
    'kubernetes.default',
    'kubernetes.default.svc',
    'kubernetes.default.svc.cluster.local',
  ];
  const apiServer = await authority.issue({
    commonName: 'kube-apiserver',
    servedAs: [...service, 'localhost', '127.0.0.1', kubernetesServiceIp, ip, fabricIp],
  });
  const kubeletClient = await authority.issue({
    commonName: 'kube-apiserver-kubelet-client',
    organization: 'system:masters',
  });
  const signing = await createSigningKeys();
  const server = `https://127.0.0.1:${apiServerPort}`;
  return {
    'apiserver.crt': apiServer.certificate,
    'apiserver.key': apiServer.key,
    'apiserver-kubelet-client.crt': kubeletClient.certificate,
    'apiserver-kubelet-client.key': kubeletClient.key,
    'service-account.pub': signing.publicKey,
    'service-account.key': signing.privateKey,
    'controller-manager.kubeconfig': await userFile(authority, server, {
      commonName: 'system:kube-controller-manager',
    }),
    'scheduler.kubeconfig': await userFile(authority, server, { commonName: 'system:kube-scheduler' }),
  };
}

async function userFile(authority: Authority, server: string, subject: Subject): Promise<string> {
  return kubeconfig({ server, ca: authority.certificate, ...(await authority.issue(subject)) });
}
