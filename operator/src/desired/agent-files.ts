import type { V1Volume, V1VolumeMount } from '@kubernetes/client-node';
import type { Monitor } from '../monitor.ts';
import { bytesOf } from './quantity.ts';

/** Where the agent finds what is mounted for it; the chart knows none of this. */
export const agentFiles = {
  ingestToken: '/var/run/secrets/docksnap/ingest/token',
  kubeletToken: '/var/run/secrets/docksnap/kubelet/token',
  kubeletCa: '/var/run/secrets/docksnap/kubelet/ca.crt',
  apiCa: '/var/run/secrets/docksnap/ca/ca.crt',
  spool: '/var/lib/docksnap',
} as const;

/** The kubelet changes a token when four fifths of this have passed. */
const tokenSeconds = 3600;
/** Segments are dropped whole, so the spool may be over its limit for a moment. */
const spoolHeadroom = 1.25;

/** Tokens of two audiences, the authorities to check both peers by, and the spool. */
export function agentVolumes({ spec }: Monitor): { volumes: V1Volume[]; mounts: V1VolumeMount[] } {
  const kubeletCa = spec.kubelet.caRef ?? { name: 'kube-root-ca.crt', key: 'ca.crt' };
  const apiCa = spec.destination?.caRef ?? { name: 'docksnap-ca', key: 'ca.crt' };
  const token = (audience?: string) => ({
    serviceAccountToken: {
      path: 'token',
      expirationSeconds: tokenSeconds,
      ...(audience !== undefined && { audience }),
    },
  });
  const sizeLimit = String(Math.ceil(bytesOf(spec.buffer.limit) * spoolHeadroom));
  const volumes: V1Volume[] = [
    { name: 'ingest-token', projected: { sources: [token('docksnap-ingest')] } },
    {
      name: 'kubelet',
      projected: {
        sources: [token(), { configMap: { name: kubeletCa.name, items: [{ key: kubeletCa.key, path: 'ca.crt' }] } }],
      },
    },
    // The API fills it at its first start; the agent collects and waits until then.
    { name: 'api-ca', configMap: { name: apiCa.name, optional: true, items: [{ key: apiCa.key, path: 'ca.crt' }] } },
    { name: 'spool', emptyDir: { sizeLimit } },
  ];
  const at = (name: string, file: string): V1VolumeMount => {
    return { name, mountPath: file.slice(0, file.lastIndexOf('/')), readOnly: true };
  };
  const mounts = [
    at('ingest-token', agentFiles.ingestToken),
    at('kubelet', agentFiles.kubeletToken),
    at('api-ca', agentFiles.apiCa),
    { name: 'spool', mountPath: agentFiles.spool },
  ];
  return { volumes, mounts };
}
