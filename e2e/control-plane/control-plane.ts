/** An API server and its database on loopback, without nodes: for drills and benchmarks that must not share one. */
import { mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { kubeconfig } from '../cluster/config/files.ts';
import { CHECKOUT } from '../cluster/paths.ts';
import { run, type RunOptions } from '../cluster/process.ts';
import { createAuthority, createSigningKeys, type Authority } from '../cluster/start/pki.ts';
import { ensureBuilt } from '../cluster/toolchain/build.ts';
import { recipes } from '../cluster/toolchain/recipes.ts';
import { until } from '../system/support/until.ts';
import { auditPolicy, readRequests, unaudited, type AuditedRequest } from './audit.ts';
import { freePort } from './free-port.ts';
import { Program } from './program.ts';

const READY_MS = 90_000;
const admin = { commonName: unaudited, organization: 'system:masters' };

/** A running control plane. Make it by {@link startControlPlane}; {@link stop} leaves nothing behind. */
export class ControlPlane {
  readonly #folder: string;
  readonly #authority: Authority;
  readonly #programs = new Map<string, Program>();
  readonly #kubectl: string;
  readonly server: string;
  /** The admin's. */
  readonly kubeconfig: string;

  constructor(folder: string, authority: Authority, { server, kubectl }: { server: string; kubectl: string }) {
    this.#folder = folder;
    this.#authority = authority;
    this.#kubectl = kubectl;
    this.server = server;
    this.kubeconfig = join(folder, 'admin.kubeconfig');
  }

  /** The authority of the API server's certificate, PEM. */
  get authority(): string {
    return this.#authority.certificate;
  }

  /** Starts a program that ends with this control plane, and keeps it under a name. */
  keep(name: string, command: readonly string[]): void {
    this.#programs.set(name, new Program(command, join(this.#folder, `${name}.log`)));
  }

  /** @throws Error when none is kept under this name */
  program(name: string): Program {
    const found = this.#programs.get(name);
    if (found === undefined) throw new Error(`no program is called ${name}`);
    return found;
  }

  /** Writes a kubeconfig for one user. @returns its path */
  async kubeconfigOf(commonName: string, organization = 'system:masters', server = this.server): Promise<string> {
    const { certificate, key } = await this.#authority.issue({ commonName, organization });
    const path = join(this.#folder, `${commonName}.kubeconfig`);
    await writeFile(path, kubeconfig({ server, ca: this.#authority.certificate, certificate, key }), { mode: 0o600 });
    return path;
  }

  /** A certificate for a server on loopback that clients of this cluster trust. */
  async loopbackCertificate(): Promise<{ cert: string; key: string }> {
    const { certificate, key } = await this.#authority.issue({ commonName: 'proxy', servedAs: ['127.0.0.1'] });
    return { cert: certificate, key };
  }

  /** Runs kubectl as admin. @returns what it printed. @throws {CommandError} with its words */
  async kubectl(args: readonly string[], options: RunOptions = {}): Promise<string> {
    return run(this.#kubectl, ['--kubeconfig', this.kubeconfig, ...args], options);
  }

  async apply(object: unknown): Promise<void> {
    await this.kubectl(['apply', '--server-side', '-f', '-'], { input: JSON.stringify(object) });
  }

  /** Settles when the API server answers that it is ready. */
  async whenReady(): Promise<void> {
    await until('a ready API server', READY_MS, async () => (await this.kubectl(['get', '--raw', '/readyz'])) === 'ok');
  }

  /** Requests that a user's programs have made so far, watches included, oldest first. */
  async requestsOf(user: string): Promise<AuditedRequest[]> {
    return readRequests(await readFile(join(this.#folder, 'audit.log'), 'utf8'), user);
  }

  async stop(): Promise<void> {
    await Promise.all([...this.#programs.values()].map((program) => program.end('SIGKILL')));
    await rm(this.#folder, { recursive: true, force: true });
  }
}

/** etcd and kube-apiserver with DockSnap's CRD; with `controllers`, the controllers of DaemonSets and of garbage too. */
export async function startControlPlane({ controllers = false } = {}): Promise<ControlPlane> {
  const folder = await mkdtemp(join(tmpdir(), 'docksnap-control-plane-'));
  const [kubernetes, etcd] = [await ensureBuilt(recipes.kubernetes), await ensureBuilt(recipes.etcd)];
  const authority = await createAuthority('control-plane');
  const [port, clients, peers] = [await freePort(), await freePort(), await freePort()];
  const server = `https://127.0.0.1:${port}`;
  const plane = new ControlPlane(folder, authority, { server, kubectl: join(kubernetes, 'kubectl') });
  const database = `http://127.0.0.1:${clients}`;
  await writePki(folder, authority);
  await plane.kubeconfigOf(admin.commonName, admin.organization);
  plane.keep(
    'etcd',
    flags(join(etcd, 'server'), {
      'data-dir': join(folder, 'etcd'),
      'listen-client-urls': database,
      'advertise-client-urls': database,
      'listen-peer-urls': `http://127.0.0.1:${peers}`,
      'initial-advertise-peer-urls': `http://127.0.0.1:${peers}`,
      'initial-cluster': `default=http://127.0.0.1:${peers}`,
      'unsafe-no-fsync': 'true',
      'log-level': 'warn',
    }),
  );
  plane.keep(
    'kube-apiserver',
    flags(join(kubernetes, 'kube-apiserver'), {
      'etcd-servers': database,
      'bind-address': '127.0.0.1',
      // Nobody looks for this API server by its Service.
      'endpoint-reconciler-type': 'none',
      'secure-port': String(port),
      'tls-cert-file': join(folder, 'apiserver.crt'),
      'tls-private-key-file': join(folder, 'apiserver.key'),
      'client-ca-file': join(folder, 'ca.crt'),
      'service-account-key-file': join(folder, 'service-account.pub'),
      'service-account-signing-key-file': join(folder, 'service-account.key'),
      'service-account-issuer': 'https://kubernetes.default.svc',
      'authorization-mode': 'RBAC',
      'service-cluster-ip-range': '10.96.0.0/16',
      'audit-policy-file': join(folder, 'audit-policy.json'),
      'audit-log-path': join(folder, 'audit.log'),
      'audit-log-mode': 'blocking',
    }),
  );
  await plane.whenReady();
  if (controllers) {
    plane.keep(
      'kube-controller-manager',
      flags(join(kubernetes, 'kube-controller-manager'), {
        kubeconfig: plane.kubeconfig,
        controllers: 'daemonset-controller,garbage-collector-controller,namespace-controller,serviceaccount-controller',
        'leader-elect': 'false',
        'bind-address': '127.0.0.1',
        'secure-port': '0',
        'kube-api-qps': '500',
        'kube-api-burst': '1000',
      }),
    );
  }
  await plane.kubectl(['apply', '--server-side', '-f', join(CHECKOUT, 'crds/docksnapmonitors.yaml')]);
  await plane.kubectl(['wait', '--for=condition=Established', 'crd/docksnapmonitors.docksnap.io', '--timeout=60s']);
  return plane;
}

async function writePki(folder: string, authority: Authority): Promise<void> {
  const served = { commonName: 'kube-apiserver', servedAs: ['127.0.0.1', 'kubernetes.default.svc'] };
  const apiServer = await authority.issue(served);
  const signing = await createSigningKeys();
  const files = {
    'ca.crt': authority.certificate,
    'apiserver.crt': apiServer.certificate,
    'apiserver.key': apiServer.key,
    'service-account.pub': signing.publicKey,
    'service-account.key': signing.privateKey,
    'audit-policy.json': auditPolicy,
  };
  for (const [name, text] of Object.entries(files)) await writeFile(join(folder, name), text, { mode: 0o600 });
}

function flags(program: string, values: Readonly<Record<string, string>>): string[] {
  return [program, ...Object.entries(values).map(([name, value]) => `--${name}=${value}`)];
}
