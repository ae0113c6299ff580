import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { getConnectionToken } from '@nestjs/mongoose';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import type { Connection } from 'mongoose';
import type { Principal } from '../access/principal.ts';
import { AgentTokens, OperatorTokens } from '../access/tokens/tokens.ts';
import { AppModule } from '../app.module.ts';
import { Clock } from '../clock.ts';
import { type Config, readConfig } from '../config.ts';
import { serveConsole } from '../console/serve-console.ts';
import { fastifyAdapter, setUp } from '../http/application.ts';
import { Listeners } from '../http/listeners.ts';
import { ApiAuthority } from '../machines/authority.ts';
import { Problem } from '../problem/problem.ts';
import { prepareTls } from '../tls/prepare-tls.ts';
import { NoCredentials } from '../tls/database-credentials.ts';
import { FolderVault } from '../vault/folder-vault.ts';
import { watchable, watchCommands } from './watched-commands.ts';

export interface RunningApi {
  readonly app: NestFastifyApplication;
  /** Plain http on 127.0.0.1. */
  readonly url: string;
  /** The https port, and the authority that it is to be trusted by. */
  readonly httpsPort: number;
  readonly ca: string;
  /** Every route that the server knows, as `METHOD /path`. */
  readonly routes: readonly string[];
  /** Rejects when the API sent a command to the database that it may not send. */
  stop(): Promise<void>;
}

interface Asked {
  readonly uri: string;
  readonly clock?: Clock;
  readonly consoleDir?: string;
  /** What stands in for parts of the application: their class, and the value. */
  readonly overrides?: readonly (readonly [abstract new (...args: never[]) => unknown, object])[];
}

/** Stands for the kube-apiserver: `agent <node>` is that node's agent, `operator` the operator. */
const agents: AgentTokens = {
  authenticate: async (bearer): Promise<Principal> => {
    const [, nodeName] = /^agent-(.+)$/.exec(bearer) ?? [];
    if (nodeName === undefined) throw new Problem(401, 'unauthenticated', 'this token is not good');
    return Promise.resolve({ kind: 'agent', nodeName, nodeUid: `${nodeName}-uid`, podUid: `${nodeName}-pod` });
  },
};
const operators: OperatorTokens = {
  authenticate: async (bearer): Promise<Principal> => {
    if (bearer !== 'operator') throw new Problem(401, 'unauthenticated', 'this token is not good');
    return Promise.resolve({ kind: 'operator' });
  },
};

/** The whole API on ports of its own, as main.ts starts it, with the kube-apiserver's word given by the test. */
export async function runningApi({ uri, clock, consoleDir, overrides = [] }: Asked): Promise<RunningApi> {
  const stateDir = await mkdtemp(join(tmpdir(), 'docksnap-api-'));
  const config: Config = {
    ...readConfig({ DOCKSNAP_MONGODB_URI: watchable(uri), DOCKSNAP_KUBERNETES: 'false', DOCKSNAP_LOG_LEVEL: 'silent' }),
    consoleDir: consoleDir ?? join(stateDir, 'no-console'),
    stateDir,
  };
  const vault = new FolderVault(stateDir);
  const certificates = await prepareTls(config, null, vault);
  const listeners = new Listeners(certificates.api);
  const surroundings = {
    config,
    kube: null,
    vault,
    databaseCredentials: new NoCredentials(),
    authority: new ApiAuthority(certificates.apiAuthority),
  };
  const building = Test.createTestingModule({ imports: [AppModule.with(surroundings)] })
    .overrideProvider(AgentTokens)
    .useValue(agents)
    .overrideProvider(OperatorTokens)
    .useValue(operators);
  for (const [token, value] of overrides) building.overrideProvider(token).useValue(value);
  if (clock !== undefined) building.overrideProvider(Clock).useValue(clock);
  const built = await building.compile();
  const mustBeAllowed = watchCommands(built.get<Connection>(getConnectionToken()));
  const app = built.createNestApplication<NestFastifyApplication>(fastifyAdapter(listeners), { bufferLogs: true });
  const routes: string[] = [];
  const fastify = app.getHttpAdapter().getInstance();
  fastify.addHook('onRoute', ({ method, url }) => {
    routes.push(...[method].flat().map((one) => `${one} ${url}`));
  });
  setUp(app, listeners);
  await serveConsole(app, config.consoleDir);
  await app.listen(0, '127.0.0.1');
  const port = await listeners.listenPlain(0);
  const stop = async (): Promise<void> => {
    await app.close();
    await rm(stateDir, { recursive: true, force: true });
    mustBeAllowed();
  };
  return { app, url: `http://127.0.0.1:${port}`, httpsPort: listeners.securePort, ca: certificates.ca, routes, stop };
}
