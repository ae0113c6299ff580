import * as z from 'zod';

/** What the environment asks of the operator. */
export interface Config {
  /** Namespaces whose monitors are honoured. */
  readonly watchNamespaces: readonly string[];
  /** The operator's own, where its Lease is. */
  readonly namespace: string;
  /** This replica's name in the Lease and in events. */
  readonly identity: string;
  readonly version: string;
  readonly agentImage: string;
  readonly agentImagePullPolicy: 'Always' | 'IfNotPresent' | 'Never';
  /** Of monitors whose source is cAdvisor and that name none; empty: they must. */
  readonly cadvisorImage: string;
  /** The API that the chart installed. */
  readonly apiUrl: string;
  readonly apiCaFile: string;
  readonly tokenFile: string;
  readonly listen: { readonly address: string; readonly port: number };
  readonly logLevel: 'debug' | 'info' | 'warn' | 'error';
}

const required = z.string('is needed').min(1, 'is needed');
const listen = /^(.+):(\d{1,5})$/;
const namespaceList = /^\s*[a-z0-9-]+\s*(,\s*[a-z0-9-]+\s*)*$/;
const greatestPort = 65_535;

const environment = z.object({
  DOCKSNAP_WATCH_NAMESPACES: required.regex(namespaceList, 'must be names of namespaces, separated by commas'),
  DOCKSNAP_NAMESPACE: required,
  POD_NAME: required,
  DOCKSNAP_VERSION: z.string().default('0.0.0'),
  DOCKSNAP_AGENT_IMAGE: required,
  DOCKSNAP_AGENT_IMAGE_PULL_POLICY: z
    .enum(['Always', 'IfNotPresent', 'Never'], 'must be Always, IfNotPresent or Never')
    .default('IfNotPresent'),
  DOCKSNAP_CADVISOR_IMAGE: z.string().default(''),
  DOCKSNAP_API_URL: z.url({ protocol: /^https$/, error: 'must be an https URL' }),
  DOCKSNAP_API_CA_FILE: required,
  DOCKSNAP_OPERATOR_TOKEN_FILE: required,
  DOCKSNAP_LISTEN: z.string().refine(isListenAddress, 'must be ADDRESS:PORT').default('0.0.0.0:8081'),
  DOCKSNAP_LOG_LEVEL: z.enum(['debug', 'info', 'warn', 'error'], 'must be debug, info, warn or error').default('info'),
});

/** Reads the configuration, or throws a sentence that names each variable at fault, its value and what is allowed. */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const parsed = environment.safeParse(env);
  if (!parsed.success) {
    const sentences = parsed.error.issues.map(({ path, message }) => {
      const name = String(path[0]);
      return `${name}=${env[name] ?? ''} ${message}`;
    });
    throw new Error(sentences.join('; '));
  }
  const values = parsed.data;
  const [, address = '', port = ''] = listen.exec(values.DOCKSNAP_LISTEN) ?? [];
  return {
    watchNamespaces: values.DOCKSNAP_WATCH_NAMESPACES.split(',').map((name) => name.trim()),
    namespace: values.DOCKSNAP_NAMESPACE,
    identity: values.POD_NAME,
    version: values.DOCKSNAP_VERSION,
    agentImage: values.DOCKSNAP_AGENT_IMAGE,
    agentImagePullPolicy: values.DOCKSNAP_AGENT_IMAGE_PULL_POLICY,
    cadvisorImage: values.DOCKSNAP_CADVISOR_IMAGE,
    apiUrl: values.DOCKSNAP_API_URL,
    apiCaFile: values.DOCKSNAP_API_CA_FILE,
    tokenFile: values.DOCKSNAP_OPERATOR_TOKEN_FILE,
    listen: { address, port: Number(port) },
    logLevel: values.DOCKSNAP_LOG_LEVEL,
  };
}

function isListenAddress(text: string): boolean {
  return Number(listen.exec(text)?.[2] ?? NaN) <= greatestPort;
}
