import { setTimeout as wait } from 'node:timers/promises';
import { Logger } from '@nestjs/common';
import type { Config } from '../config.ts';
import { type Kube, KubeUnavailableError } from '../kube/kube.ts';
import type { Vault } from '../vault/vault.ts';
import { announceCa } from './announce-ca.ts';
import type { Identity } from './certificate-maker.ts';
import { type Certificates, prepareCertificates } from './certificates.ts';

const pauseMs = 1000;
const ownSecret = 'docksnap-api-tls';

/** The certificates to serve with, made where needed; waits for the kube-apiserver as long as it is away. */
export async function prepareTls(config: Config, kube: Kube | null, vault: Vault): Promise<Certificates> {
  for (;;) {
    try {
      return await prepare(config, kube, vault);
    } catch (error) {
      if (!(error instanceof KubeUnavailableError)) throw error;
      new Logger('Tls').warn(`certificates are awaited: ${error.message}`);
    }
    await wait(pauseMs);
  }
}

async function prepare(config: Config, kube: Kube | null, vault: Vault): Promise<Certificates> {
  const own = await prepareCertificates(vault, config.namespace, Date.now());
  if (kube === null) return own;
  // The operator, which stands beside the API, checks whom it talks to as agents do.
  const trusting = [config.namespace, ...config.agentNamespaces];
  if (config.tlsSecretName === ownSecret) {
    await announceCa(kube, trusting, own.ca);
    return own;
  }
  const { ca, identity } = await given(kube, config.tlsSecretName);
  await announceCa(kube, trusting, ca ?? identity.cert);
  return { ...own, api: identity, apiAuthority: ca ?? null };
}

/** The admin's own certificate, and the authority by which agents shall know it. */
async function given(kube: Kube, name: string): Promise<{ ca: string | undefined; identity: Identity }> {
  const secret = await kube.secret(name);
  const { 'ca.crt': ca, 'tls.crt': cert, 'tls.key': key } = secret?.entries ?? {};
  if (cert === undefined || key === undefined) {
    throw new Error(
      `the Secret ${name} (value api.tls.secretName) must hold tls.crt and tls.key, and ca.crt if its authority is private`,
    );
  }
  return { ca, identity: { cert, key } };
}
