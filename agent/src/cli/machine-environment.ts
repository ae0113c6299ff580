import { existsSync } from 'node:fs';
import path from 'node:path';
import { ConfigError, type Environment, textVariable } from '../config-env.ts';
import { readMachine } from '../join/machine.ts';

const usualState = '/var/lib/docksnap-agent';
const usualSocket = '/var/run/docker.sock';

/** Where the identity is kept: as told, else as the environment says, else the usual place. */
export function stateOf(told: string | undefined, env: Environment): string {
  return told ?? textVariable(env, 'DOCKSNAP_MACHINE_DIR') ?? usualState;
}

/**
 * The environment of a machine that joined: what follows from its identity, and defaults of a machine without
 * Kubernetes. The environment as it is where nothing says that this is such a machine.
 * @throws ConfigError when a folder is named in which no machine has joined
 */
export async function machineEnvironment(told: string | undefined, env: Environment): Promise<Environment> {
  const directory = stateOf(told, env);
  const machine = await readMachine(directory);
  if (machine === undefined) {
    if (told === undefined && textVariable(env, 'DOCKSNAP_MACHINE_DIR') === undefined) return env;
    throw new ConfigError(
      `no machine has joined in ${directory}; first: docksnap-agent join URL --token … --state ${directory}`,
    );
  }
  return {
    DOCKSNAP_SOURCE: 'Machine',
    DOCKSNAP_API_URL: machine.url,
    DOCKSNAP_SPOOL_DIR: path.join(directory, 'spool'),
    DOCKSNAP_LISTEN: '127.0.0.1:8081',
    ...(existsSync(usualSocket) ? { DOCKSNAP_DOCKER_SOCKET: usualSocket } : {}),
    ...(machine.caFile === undefined ? {} : { DOCKSNAP_API_CA_FILE: machine.caFile }),
    ...env,
    // The API gave this name, and takes no other from this machine.
    DOCKSNAP_NODE_NAME: machine.name,
    DOCKSNAP_MACHINE_DIR: directory,
  };
}
