import { createHash } from 'node:crypto';
import { homedir } from 'node:os';
import { join, resolve } from 'node:path';

/** The root of this checkout. */
export const CHECKOUT = resolve(import.meta.dirname, '../..');

type Environment = Readonly<Record<string, string | undefined>>;

/** Where everything that is built once is kept, for all checkouts of this user. */
export function cacheDir(env: Environment = process.env): string {
  return join(base(env['XDG_CACHE_HOME'], '.cache'), 'docksnap');
}

/**
 * Where the cluster of one checkout keeps what it must keep: certificates, the database of Kubernetes, volumes.
 * DOCKSNAP_CLUSTER names another cluster of the same checkout, so that drills leave the first one alone.
 */
export function stateDir(env: Environment = process.env, checkout = CHECKOUT): string {
  return join(base(env['XDG_STATE_HOME'], '.local/state'), 'docksnap', clusterId(env, checkout));
}

/** Eight characters that tell this cluster from every other on the machine; part of the names of its cgroups. */
export function clusterId(env: Environment = process.env, checkout = CHECKOUT): string {
  const name = env['DOCKSNAP_CLUSTER'] ?? '';
  return createHash('sha256').update(`${checkout}\n${name}`).digest('hex').slice(0, 8);
}

function base(xdg: string | undefined, fallback: string): string {
  return xdg === undefined || xdg === '' ? join(homedir(), fallback) : xdg;
}
