import type { Environment } from './config-env.ts';
import {
  ConfigError,
  choiceVariable,
  integerVariable,
  listVariable,
  requiredVariable,
  textVariable,
  urlOf,
} from './config-env.ts';
import type { MetricGroup } from './exposition/metric-groups.ts';
import { metricGroups } from './exposition/metric-groups.ts';
import type { TlsMode } from './kubelet/trust.ts';
import type { LogLevel } from './log.ts';
import { logLevels } from './log.ts';
import type { NamespaceFilter } from './pods/pod-list.ts';

export const endpoints = ['Resource', 'CAdvisor'] as const;
export type Endpoint = (typeof endpoints)[number];

/** Where samples come from: the kubelet; a cAdvisor beside it; or a cAdvisor and Docker, where there is no kubelet. */
export const sourceKinds = ['Kubelet', 'CAdvisor', 'Machine'] as const;
export type SourceKind = (typeof sourceKinds)[number];

export interface Config {
  readonly nodeName: string;
  readonly source: SourceKind;
  readonly kubelet: {
    readonly url: URL;
    readonly tls: TlsMode;
    readonly caFile: string | undefined;
    readonly tokenFile: string | undefined;
  };
  /** A stand-alone cAdvisor, for the sources CAdvisor and Machine. */
  readonly cadvisorUrl: URL;
  /** Whether lists of processes are sent, as cAdvisor tells them. */
  readonly processes: boolean;
  /** Path of the Docker engine's socket, for the source Machine; undefined: it is not asked. */
  readonly dockerSocket: string | undefined;
  readonly endpoints: ReadonlySet<Endpoint>;
  readonly intervalMs: number;
  readonly timeoutMs: number;
  /** The big page is read at each n-th tick. */
  readonly cadvisorEvery: number;
  /** Metrics of other groups are not collected. */
  readonly metricGroups: ReadonlySet<MetricGroup>;
  readonly namespaces: NamespaceFilter;
  readonly spool: { readonly directory: string; readonly maxBytes: number; readonly maxAgeMs: number };
  readonly api: {
    /** Tried in turn. */
    readonly urls: readonly URL[];
    readonly caFile: string | undefined;
    readonly tokenFile: string | undefined;
    /** Where the identity of a machine outside Kubernetes is kept: it signs its own tokens. */
    readonly machineDir: string | undefined;
  };
  readonly listen: { readonly host: string; readonly port: number };
  readonly logLevel: LogLevel;
}

const interval = { least: 1, most: 300, byDefault: 10 } as const;
const spoolBytes = { least: 1024 * 1024, most: 1024 ** 4, byDefault: 256 * 1024 * 1024 } as const;
const spoolSeconds = { least: 60, most: 30 * 86_400, byDefault: 86_400 } as const;

/** The agent's configuration from its environment. @throws ConfigError naming the variable, its value, what is allowed. */
export function parseConfig(env: Environment): Config {
  const intervalSeconds = integerVariable(env, 'DOCKSNAP_SCRAPE_INTERVAL_SECONDS', interval);
  const timeoutSeconds = integerVariable(env, 'DOCKSNAP_SCRAPE_TIMEOUT_SECONDS', {
    least: 1,
    most: intervalSeconds,
    byDefault: Math.min(intervalSeconds, 10),
  });
  const source = choiceVariable(env, 'DOCKSNAP_SOURCE', sourceKinds, 'Kubelet');
  return {
    source,
    nodeName: requiredVariable(env, 'DOCKSNAP_NODE_NAME', "the node's name (fieldRef spec.nodeName)"),
    kubelet: parseKubelet(env, source),
    cadvisorUrl: urlOf('DOCKSNAP_CADVISOR_URL', textVariable(env, 'DOCKSNAP_CADVISOR_URL') ?? 'http://127.0.0.1:8080'),
    processes: parseProcesses(env, source),
    dockerSocket: textVariable(env, 'DOCKSNAP_DOCKER_SOCKET'),
    endpoints: chosenOf(env, 'DOCKSNAP_ENDPOINTS', endpoints),
    intervalMs: intervalSeconds * 1000,
    timeoutMs: timeoutSeconds * 1000,
    cadvisorEvery: integerVariable(env, 'DOCKSNAP_CADVISOR_EVERY', { least: 1, most: 60, byDefault: 3 }),
    metricGroups: chosenOf(env, 'DOCKSNAP_METRIC_GROUPS', metricGroups),
    namespaces: {
      include: new Set(listVariable(env, 'DOCKSNAP_NAMESPACES_INCLUDE')),
      exclude: new Set(listVariable(env, 'DOCKSNAP_NAMESPACES_EXCLUDE')),
    },
    spool: {
      directory: textVariable(env, 'DOCKSNAP_SPOOL_DIR') ?? '/var/lib/docksnap',
      maxBytes: integerVariable(env, 'DOCKSNAP_SPOOL_BYTES', spoolBytes),
      maxAgeMs: integerVariable(env, 'DOCKSNAP_SPOOL_SECONDS', spoolSeconds) * 1000,
    },
    api: parseApi(env),
    listen: parseListen(textVariable(env, 'DOCKSNAP_LISTEN') ?? '0.0.0.0:8081'),
    logLevel: choiceVariable(env, 'DOCKSNAP_LOG_LEVEL', logLevels, 'info'),
  };
}

function parseKubelet(env: Environment, source: SourceKind): Config['kubelet'] {
  return {
    url: urlOf('DOCKSNAP_KUBELET_URL', textVariable(env, 'DOCKSNAP_KUBELET_URL') ?? ownKubelet(env, source)),
    tls: choiceVariable(env, 'DOCKSNAP_KUBELET_TLS', ['Auto', 'Strict', 'Skip'], 'Auto'),
    caFile: textVariable(env, 'DOCKSNAP_KUBELET_CA_FILE'),
    tokenFile: textVariable(env, 'DOCKSNAP_KUBELET_TOKEN_FILE'),
  };
}

/** A machine without Kubernetes has none: nobody asks it there. */
function ownKubelet(env: Environment, source: SourceKind): string {
  if (source === 'Machine') return 'https://127.0.0.1:10250';
  const address = requiredVariable(env, 'DOCKSNAP_NODE_IP', "the node's address (fieldRef status.hostIP)");
  return `https://${address.includes(':') ? `[${address}]` : address}:10250`;
}

/** Off unless told: commands say much of what a machine does. */
function parseProcesses(env: Environment, source: SourceKind): boolean {
  const name = 'DOCKSNAP_PROCESSES';
  const isOn = choiceVariable(env, name, ['true', 'false'], 'false') === 'true';
  if (!isOn || source !== 'Kubelet') return isOn;
  throw new ConfigError(`${name} is "true"; allowed is false with DOCKSNAP_SOURCE=Kubelet, which tells no processes`);
}

/** Some of a fixed set of words; all of them unless told. */
function chosenOf<Word extends string>(env: Environment, name: string, words: readonly Word[]): ReadonlySet<Word> {
  const chosen = listVariable(env, name);
  if (chosen.length === 0) return new Set(words);
  const known = words.filter((word) => chosen.includes(word));
  if (known.length === new Set(chosen).size) return new Set(known);
  const all = `${words.slice(0, -1).join(', ')} and ${words.at(-1) ?? ''}`;
  throw new ConfigError(`${name} is "${chosen.join(',')}"; allowed are ${all}, separated by commas`);
}

function parseApi(env: Environment): Config['api'] {
  const name = 'DOCKSNAP_API_URL';
  const urls = listVariable(env, name).map((text) => urlOf(name, text));
  return {
    urls: urls.length > 0 ? urls : [new URL('https://docksnap-api.docksnap.svc')],
    caFile: textVariable(env, 'DOCKSNAP_API_CA_FILE'),
    tokenFile: textVariable(env, 'DOCKSNAP_INGEST_TOKEN_FILE'),
    machineDir: textVariable(env, 'DOCKSNAP_MACHINE_DIR'),
  };
}

function parseListen(text: string): Config['listen'] {
  const [, host, port] = /^(.+):(\d{1,5})$/.exec(text) ?? [];
  if (host === undefined || Number(port) > 65_535) {
    throw new ConfigError(`DOCKSNAP_LISTEN is "${text}"; allowed is address:port, such as 0.0.0.0:8081`);
  }
  return { host: host.replace(/^\[|\]$/g, ''), port: Number(port) };
}
