import { readFileSync } from 'node:fs';
import * as z from 'zod';

/** What the environment asks for; injected under this class. */
export abstract class Config {
  abstract readonly httpsPort: number;
  /** Plain http on 127.0.0.1 alone. */
  abstract readonly httpPort: number;
  abstract readonly metricsPort: number;
  abstract readonly mongodbUri: string;
  /** Where the database's ca.crt, client.crt and client.key appear; undefined: as the URI says. */
  abstract readonly databaseTlsDir: string | undefined;
  /** Whether a kube-apiserver is asked about tokens, nodes and Secrets. */
  abstract readonly kubernetes: boolean;
  /** The release's namespace. */
  abstract readonly namespace: string;
  /** Namespaces whose ServiceAccount docksnap-agent may push. */
  abstract readonly agentNamespaces: readonly string[];
  /** A label; the cluster's identity is its kube-system namespace's UID. */
  abstract readonly clusterName: string;
  /** Folder of the console's build. */
  abstract readonly consoleDir: string;
  /** Origins besides the request's own that a browser may send changes from. */
  abstract readonly publicOrigins: readonly string[];
  /** Raw samples are kept so long. */
  abstract readonly retentionHours: number;
  /** Sums of one minute (of nodes scraped that often), five minutes and an hour are kept so many days. */
  abstract readonly retentionDays: { readonly m1: number; readonly m5: number; readonly h1: number };
  /** When all documents take more than this, less is kept; undefined: they may take what they need. */
  abstract readonly retentionBytes: number | undefined;
  /** Where certificates are kept when there is no Kubernetes. */
  abstract readonly stateDir: string;
  /** The API's certificate comes from the admin's own Secret and is never written. */
  abstract readonly tlsSecretName: string;
  abstract readonly logLevel: 'trace' | 'debug' | 'info' | 'warn' | 'error' | 'silent';
}

const port = z.coerce.number('a port from 0 to 65535').int('a port from 0 to 65535').min(0).max(65_535);
const list = z.string().transform((text) =>
  text
    .split(',')
    .map((item) => item.trim())
    .filter((item) => item !== ''),
);
const origin = z.url('an origin such as https://docksnap.example.com').transform((url) => new URL(url).origin);
const days = z.coerce
  .number('a number of days from 1 to 3653')
  .int('whole days')
  .min(1, 'at least 1 day')
  .max(3653, 'at most 3653 days, ten years');
/** Below this a database holds little more than what it needs to run. */
const leastBytes = 100_000_000;
const levels = ['trace', 'debug', 'info', 'warn', 'error', 'silent'] as const;

const environment = z.object({
  DOCKSNAP_HTTPS_PORT: port.default(8443),
  DOCKSNAP_HTTP_PORT: port.default(8080),
  DOCKSNAP_METRICS_PORT: port.default(9090),
  DOCKSNAP_MONGODB_URI: z.string().regex(/^mongodb(\+srv)?:\/\//, 'a mongodb:// or mongodb+srv:// URI'),
  DOCKSNAP_DATABASE_TLS_DIR: z.string().optional(),
  DOCKSNAP_KUBERNETES: z.enum(['true', 'false'], 'true or false').default('true'),
  DOCKSNAP_NAMESPACE: z.string().min(1).max(63, 'the name of a namespace').default('docksnap'),
  DOCKSNAP_AGENT_NAMESPACES: list.optional(),
  DOCKSNAP_CLUSTER_NAME: z.string().max(253, 'at most 253 characters').default(''),
  DOCKSNAP_CONSOLE_DIR: z.string().default('/app/console'),
  DOCKSNAP_PUBLIC_ORIGINS: list.pipe(z.array(origin)).optional(),
  DOCKSNAP_RETENTION_HOURS: z.coerce
    .number('a number of hours from 1 to 17520')
    .int('whole hours')
    .min(1, 'at least 1 hour')
    .max(17_520, 'at most 17520 hours, two years')
    .default(168),
  DOCKSNAP_RETENTION_M1_DAYS: days.default(14),
  DOCKSNAP_RETENTION_M5_DAYS: days.default(90),
  DOCKSNAP_RETENTION_H1_DAYS: days.default(730),
  DOCKSNAP_RETENTION_BYTES: z.coerce
    .number('a number of bytes, 100000000 or more, or 0 for as much as it takes')
    .int('whole bytes')
    .refine((bytes) => bytes === 0 || bytes >= leastBytes, '100000000 bytes or more, or 0 for as much as it takes')
    .default(0),
  DOCKSNAP_STATE_DIR: z.string().default('/var/lib/docksnap'),
  DOCKSNAP_TLS_SECRET: z.string().max(253).default('docksnap-api-tls'),
  DOCKSNAP_LOG_LEVEL: z.enum(levels, `one of ${levels.join(', ')}`).default('info'),
});

/**
 * Reads the configuration or throws a sentence that names the variable, its value and what is allowed. Empty
 * variables count as not set. The database's URI, which holds a password, is never repeated in the sentence.
 */
export function readConfig(env: Readonly<Record<string, string | undefined>>): Config {
  const set = Object.fromEntries(Object.entries(env).filter(([, value]) => value !== undefined && value !== ''));
  const parsed = environment.safeParse({ ...set, DOCKSNAP_MONGODB_URI: mongodbUri(set) });
  if (!parsed.success) throw new Error(parsed.error.issues.map((issue) => sentence(issue, set)).join('; '));
  const values = parsed.data;
  return {
    httpsPort: values.DOCKSNAP_HTTPS_PORT,
    httpPort: values.DOCKSNAP_HTTP_PORT,
    metricsPort: values.DOCKSNAP_METRICS_PORT,
    mongodbUri: values.DOCKSNAP_MONGODB_URI,
    databaseTlsDir: values.DOCKSNAP_DATABASE_TLS_DIR,
    kubernetes: values.DOCKSNAP_KUBERNETES === 'true',
    namespace: values.DOCKSNAP_NAMESPACE,
    agentNamespaces: values.DOCKSNAP_AGENT_NAMESPACES ?? [values.DOCKSNAP_NAMESPACE],
    clusterName: values.DOCKSNAP_CLUSTER_NAME,
    consoleDir: values.DOCKSNAP_CONSOLE_DIR,
    publicOrigins: values.DOCKSNAP_PUBLIC_ORIGINS ?? [],
    retentionHours: values.DOCKSNAP_RETENTION_HOURS,
    retentionDays: {
      m1: values.DOCKSNAP_RETENTION_M1_DAYS,
      m5: values.DOCKSNAP_RETENTION_M5_DAYS,
      h1: values.DOCKSNAP_RETENTION_H1_DAYS,
    },
    retentionBytes: values.DOCKSNAP_RETENTION_BYTES || undefined,
    stateDir: values.DOCKSNAP_STATE_DIR,
    tlsSecretName: values.DOCKSNAP_TLS_SECRET,
    logLevel: values.DOCKSNAP_LOG_LEVEL,
  };
}

function mongodbUri(env: Readonly<Record<string, string | undefined>>): string | undefined {
  const file = env['DOCKSNAP_MONGODB_URI_FILE'];
  return file === undefined ? env['DOCKSNAP_MONGODB_URI'] : readFileSync(file, 'utf8').trim();
}

function sentence(issue: z.core.$ZodIssue, env: Readonly<Record<string, string | undefined>>): string {
  const name = String(issue.path[0]);
  if (name === 'DOCKSNAP_MONGODB_URI') {
    return 'DOCKSNAP_MONGODB_URI, or the file that DOCKSNAP_MONGODB_URI_FILE names, must hold a mongodb:// or mongodb+srv:// URI';
  }
  return `${name}=${env[name] ?? ''} is not allowed: ${issue.message}`;
}
