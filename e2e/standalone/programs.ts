import { networkInterfaces } from 'node:os';
import { join } from 'node:path';
import { CHECKOUT } from '../cluster/paths.ts';
import type { Files, Ports } from './state.ts';

const agentBundle = join(CHECKOUT, 'agent/dist/main.mjs');

/** Metrics that the agent does not read: cAdvisor need not gather them each second. */
const unread = 'sched,referenced_memory,resctrl,memory_numa,tcp,udp,advtcp,hugetlb,cpu_topology,percpu';

export function databaseCommand(program: string, at: Files, ports: Ports): string[] {
  return withEnv([program], {
    DOCKSNAP_DATABASE_LISTEN: `127.0.0.1:${ports.database}`,
    DOCKSNAP_DATABASE_DIR: at.database,
    DOCKSNAP_DATABASE_HEALTH_LISTEN: '',
    DOCKSNAP_DATABASE_TLS_DIR: '',
  });
}

export function apiCommand(at: Files, ports: Ports): string[] {
  return withEnv([process.execPath, join(CHECKOUT, 'api/dist/main.js')], {
    DOCKSNAP_KUBERNETES: 'false',
    DOCKSNAP_MONGODB_URI: `mongodb://127.0.0.1:${ports.database}/docksnap`,
    DOCKSNAP_STATE_DIR: at.api,
    DOCKSNAP_CONSOLE_DIR: join(CHECKOUT, 'console/dist/browser'),
    DOCKSNAP_HTTPS_PORT: String(ports.https),
    DOCKSNAP_HTTP_PORT: String(ports.http),
    DOCKSNAP_METRICS_PORT: String(ports.metrics),
    DOCKSNAP_PUBLIC_ORIGINS: `https://${ownAddress()}:${ports.https}`,
  });
}

export function cadvisorCommand(program: string, ports: Ports, dockerSocket: string | undefined): string[] {
  return [
    program,
    '-listen_ip=127.0.0.1',
    `-port=${ports.cadvisor}`,
    '-logtostderr',
    '-housekeeping_interval=1s',
    '-allow_dynamic_housekeeping=false',
    '-storage_duration=2m',
    `-disable_metrics=${unread}`,
    ...(dockerSocket === undefined ? [] : [`-docker=unix://${dockerSocket}`]),
  ];
}

export function joinCommand(at: Files, ports: Ports, caCertHash: string | null): string[] {
  const hash = caCertHash === null ? [] : ['--ca-cert-hash', caCertHash];
  return [agentBundle, 'join', `https://127.0.0.1:${ports.https}`, '--token', '-', ...hash, '--state', at.agent];
}

export function agentCommand(at: Files, ports: Ports, dockerSocket: string | undefined): string[] {
  return withEnv([process.execPath, agentBundle, 'run', '--state', at.agent], {
    DOCKSNAP_CADVISOR_URL: `http://127.0.0.1:${ports.cadvisor}`,
    DOCKSNAP_LISTEN: `127.0.0.1:${ports.agent}`,
    ...(dockerSocket === undefined ? {} : { DOCKSNAP_DOCKER_SOCKET: dockerSocket }),
  });
}

function withEnv(command: readonly string[], env: Readonly<Record<string, string>>): string[] {
  return ['env', ...Object.entries(env).map(([name, value]) => `${name}=${value}`), ...command];
}

/** An address by which other machines may reach this one; its own loopback where it has none. */
function ownAddress(): string {
  const found = Object.values(networkInterfaces()).flatMap((addresses) => addresses ?? []);
  return found.find(({ family, internal }) => family === 'IPv4' && !internal)?.address ?? '127.0.0.1';
}
