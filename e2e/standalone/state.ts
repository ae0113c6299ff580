import { existsSync, mkdirSync, readFileSync, renameSync, writeFileSync } from 'node:fs';
import { join } from 'node:path';
import * as z from 'zod';
import { stateDir } from '../cluster/paths.ts';
import { isRunning } from '../cluster/proc.ts';
import { freePort } from '../control-plane/free-port.ts';

const port = z.int().min(1).max(65_535);
const portsSchema = z.object({
  http: port,
  https: port,
  metrics: port,
  database: port,
  cadvisor: port,
  agent: port,
});
export type Ports = z.infer<typeof portsSchema>;

/** What the launcher needs to know of the process that holds all others. */
const runningSchema = z.object({
  supervisor: z.object({ pid: z.int(), startTicks: z.string() }),
  /** Whether the agent was started: the last of all. */
  isUp: z.boolean(),
  failure: z.string().optional(),
});
export type Running = z.infer<typeof runningSchema>;

/** The names of what lies in the state folder. */
export function files(dir = join(stateDir(), 'standalone')) {
  return {
    dir,
    ports: join(dir, 'ports.json'),
    running: join(dir, 'running.json'),
    database: join(dir, 'database'),
    api: join(dir, 'api'),
    password: join(dir, 'api', 'docksnap-admin', 'password'),
    agent: join(dir, 'agent'),
    log: (name: string) => join(dir, `${name}.log`),
  } as const;
}

export type Files = ReturnType<typeof files>;

/** The ports, chosen once: bookmarks and other machines' agents go on. @param wanted of the console; undefined: any */
export async function keptPorts(at: Files, wanted?: number): Promise<Ports> {
  const chosen = { ...(existsSync(at.ports) ? read(at.ports, portsSchema) : await freePorts()) };
  if (wanted !== undefined) chosen.http = wanted;
  mkdirSync(at.dir, { recursive: true, mode: 0o700 });
  put(at.ports, chosen);
  return chosen;
}

/** What runs now; undefined when nothing does. */
export function running(at: Files): Running | undefined {
  if (!existsSync(at.running)) return undefined;
  const found = read(at.running, runningSchema);
  return isRunning(found.supervisor) || found.failure !== undefined ? found : undefined;
}

export function writeRunning(at: Files, state: Running): void {
  put(at.running, state);
}

async function freePorts(): Promise<Ports> {
  const [http, https, metrics] = [await freePort(), await freePort(), await freePort()];
  return { http, https, metrics, database: await freePort(), cadvisor: await freePort(), agent: await freePort() };
}

function read<Schema extends z.ZodType>(path: string, schema: Schema): z.output<Schema> {
  return schema.parse(JSON.parse(readFileSync(path, 'utf8')));
}

function put(path: string, value: unknown): void {
  writeFileSync(`${path}.new`, JSON.stringify(value), { mode: 0o600 });
  renameSync(`${path}.new`, path);
}
