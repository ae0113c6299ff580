import type { V1DaemonSet, V1PodSpec } from '@kubernetes/client-node';
import { createHash } from 'node:crypto';

/** Annotations of the DaemonSet that tell, also to an operator that has just started, what its template was made of. */
export const markNames = {
  /** Where agents push to, and by which credentials. */
  destination: 'docksnap.io/destination-hash',
  /** All else. */
  template: 'docksnap.io/template-hash',
} as const;

/** The two parts of the agents' template: what changes with destination or credentials, and the rest, as short hashes. */
export interface TemplateMarks {
  readonly destination: string;
  readonly template: string;
}

const destinationVariables = new Set(['DOCKSNAP_API_URL', 'DOCKSNAP_API_CA_FILE', 'DOCKSNAP_INGEST_TOKEN_FILE']);
const destinationVolumes = new Set(['api-ca', 'ingest-token']);

export function marksOf(template: { metadata?: unknown; spec?: V1PodSpec } | undefined): TemplateMarks {
  const { serviceAccountName, imagePullSecrets, volumes = [], containers = [], ...rest } = template?.spec ?? {};
  const env = containers.flatMap((container) => container.env ?? []);
  const [destinationEnv, otherEnv] = parted(env, ({ name }) => destinationVariables.has(name));
  const [destinationVolume, otherVolumes] = parted(volumes, ({ name }) => destinationVolumes.has(name));
  const others = containers.map((container) => ({ ...container, env: undefined }));
  return {
    destination: hashOf([serviceAccountName, imagePullSecrets, destinationEnv, destinationVolume]),
    template: hashOf([template?.metadata, rest, others, otherEnv, otherVolumes]),
  };
}

/** What a DaemonSet that is there says of its template; undefined when it says nothing, as those of 0.1.0. */
export function marksIn(annotations: Readonly<Record<string, string>>): TemplateMarks | undefined {
  const { [markNames.destination]: destination, [markNames.template]: template } = annotations;
  return destination === undefined || template === undefined ? undefined : { destination, template };
}

/** The DaemonSet with its marks in its annotations. */
export function marked(daemonSet: V1DaemonSet): V1DaemonSet {
  const { destination, template } = marksOf(daemonSet.spec?.template);
  const annotations = { [markNames.destination]: destination, [markNames.template]: template };
  return { ...daemonSet, metadata: { ...daemonSet.metadata, annotations } };
}

function parted<T>(all: readonly T[], belongs: (one: T) => boolean): [T[], T[]] {
  return [all.filter(belongs), all.filter((one) => !belongs(one))];
}

function hashOf(value: unknown): string {
  return createHash('sha256').update(JSON.stringify(value)).digest('hex').slice(0, 16);
}
