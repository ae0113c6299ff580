import { createServer } from 'node:net';

const FIRST_PORT = 20_000;
const SLOTS = 5_000;

/** Ports on this machine's 127.0.0.1. */
export interface Ports {
  readonly apiServerPort: number;
  readonly consolePort: number;
}

/** Two neighbouring ports that a cluster's name leads to, `attempt` slots on: clusters seldom ask for the same. */
export function portsOf(clusterId: string, attempt: number): Ports {
  const slot = (Number.parseInt(clusterId, 16) + attempt) % SLOTS;
  return { apiServerPort: FIRST_PORT + 2 * slot, consolePort: FIRST_PORT + 2 * slot + 1 };
}

/** The first two ports of a cluster that are free. @throws when none of all slots is. */
export async function findPorts(clusterId: string): Promise<Ports> {
  for (let attempt = 0; attempt < SLOTS; attempt += 1) {
    const ports = portsOf(clusterId, attempt);
    if (await areFree(ports)) return ports;
  }
  throw new Error(`no two ports are free on 127.0.0.1 from ${FIRST_PORT} on: end what listens there, then start again`);
}

/** Whether nothing listens on either port. */
export async function areFree({ apiServerPort, consolePort }: Ports): Promise<boolean> {
  return (await isFree(apiServerPort)) && (await isFree(consolePort));
}

async function isFree(port: number): Promise<boolean> {
  return new Promise((resolve) => {
    const server = createServer();
    server.once('error', () => {
      resolve(false);
    });
    server.listen(port, '127.0.0.1', () =>
      server.close(() => {
        resolve(true);
      }),
    );
  });
}
