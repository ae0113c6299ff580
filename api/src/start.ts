import { NestFactory } from '@nestjs/core';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { AppModule } from './app.module.ts';
import type { Config } from './config.ts';
import { serveConsole } from './console/serve-console.ts';
import { fastifyAdapter, setUp } from './http/application.ts';
import { Listeners } from './http/listeners.ts';
import { KubeClient } from './kube/kube-client.ts';
import { ApiAuthority } from './machines/authority.ts';
import { MetricsServer } from './metrics/metrics-server.ts';
import { prepareTls } from './tls/prepare-tls.ts';
import { databaseCredentials } from './tls/database-credentials.ts';
import { FolderVault } from './vault/folder-vault.ts';
import { SecretVault } from './vault/secret-vault.ts';

/** Brings the API up: certificates, application, then its doors. */
export async function start(config: Config): Promise<NestFastifyApplication> {
  const kube = config.kubernetes ? new KubeClient(config.namespace) : null;
  const vault = kube === null ? new FolderVault(config.stateDir) : new SecretVault(kube);
  const certificates = await prepareTls(config, kube, vault);
  const listeners = new Listeners(certificates.api);

  const module = AppModule.with({
    config,
    kube,
    vault,
    databaseCredentials: databaseCredentials(config, certificates),
    authority: new ApiAuthority(certificates.apiAuthority),
  });
  const app = await NestFactory.create<NestFastifyApplication>(module, fastifyAdapter(listeners), {
    bufferLogs: true,
    abortOnError: false,
  });
  setUp(app, listeners);
  await serveConsole(app, config.consoleDir);
  await app.listen(config.httpsPort, '0.0.0.0');
  await listeners.listenPlain(config.httpPort);
  await app.get(MetricsServer).listen(config.metricsPort);
  return app;
}
