import { mkdtemp, rm } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { afterAll, beforeAll, describe, expect, it } from '@jest/globals';
import { createConnection } from 'mongoose';
import { type TrialDatabase, trialDatabase } from '../testing/trial-database.ts';
import { FolderVault } from '../vault/folder-vault.ts';
import { type Certificates, prepareCertificates } from './certificates.ts';
import { FolderCredentials } from './database-credentials.ts';

describe('the certificates between API and database', () => {
  let folder: string;
  let certificates: Certificates;
  let database: TrialDatabase;

  beforeAll(async () => {
    folder = await mkdtemp(join(tmpdir(), 'docksnap-tls-'));
    certificates = await prepareCertificates(new FolderVault(folder), 'docksnap', Date.now());
    const client = { tls: true, ca: certificates.ca, ...certificates.databaseClient };
    database = await trialDatabase({ tlsDir: join(folder, 'docksnap-database-tls'), client });
  });
  afterAll(async () => {
    await database.remove();
    await rm(folder, { recursive: true, force: true });
  });

  async function ping(options: object): Promise<unknown> {
    const connection = createConnection();
    try {
      await connection.openUri(database.uri, { serverSelectionTimeoutMS: 1000, ...options });
      return await connection.db?.command({ ping: 1 });
    } finally {
      await connection.close();
    }
  }

  it('let the API in, by the files that the chart mounts', async () => {
    const credentials = await new FolderCredentials(
      join(folder, 'docksnap-database-client-tls'),
      undefined,
    ).credentials();
    expect(await ping({ tls: true, ...credentials })).toMatchObject({ ok: 1 });
  });

  it('keep everybody else out', async () => {
    await expect(ping({ tls: true, ca: certificates.ca })).rejects.toThrow();
    await expect(ping({})).rejects.toThrow();
    const stranger = await prepareCertificates(new FolderVault(join(folder, 'stranger')), 'docksnap', Date.now());
    await expect(ping({ tls: true, ca: certificates.ca, ...stranger.databaseClient })).rejects.toThrow();
  });
});
