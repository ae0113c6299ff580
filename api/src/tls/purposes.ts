import type { Purpose } from './certificate-maker.ts';

/** The names by which the cluster, and people on the pod's own address, reach a Service. */
function serviceNames(service: string, namespace: string): readonly string[] {
  return [
    service,
    `${service}.${namespace}`,
    `${service}.${namespace}.svc`,
    `${service}.${namespace}.svc.cluster.local`,
    'localhost',
  ];
}

export function apiServer(namespace: string): Purpose {
  return {
    commonName: 'docksnap-api',
    dnsNames: serviceNames('docksnap-api', namespace),
    ipAddresses: ['127.0.0.1'],
    usage: 'server',
  };
}

export function databaseServer(namespace: string): Purpose {
  return {
    commonName: 'docksnap-database',
    dnsNames: serviceNames('docksnap-database', namespace),
    ipAddresses: ['127.0.0.1'],
    usage: 'server',
  };
}

export const databaseClient: Purpose = {
  commonName: 'docksnap-api',
  dnsNames: ['docksnap-api'],
  ipAddresses: [],
  usage: 'client',
};
