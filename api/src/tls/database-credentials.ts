import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Config } from '../config.ts';
import { type DatabaseCredentials, DatabaseCredentialsSource } from '../store/database.ts';
import type { Certificates } from './certificates.ts';

/**
 * Files in a folder, read anew for each attempt to connect, for they may come late or be replaced. Where the API
 * signed the credentials itself, it need not wait a minute for the kubelet to bring them.
 */
export class FolderCredentials extends DatabaseCredentialsSource {
  constructor(
    private readonly folder: string,
    private readonly own: DatabaseCredentials | undefined,
  ) {
    super();
  }

  override async credentials(): Promise<DatabaseCredentials> {
    try {
      const [ca, cert, key] = await Promise.all([
        this.read('ca.crt'),
        this.read('client.crt'),
        this.read('client.key'),
      ]);
      return { ca, cert, key };
    } catch (error) {
      if (this.own === undefined) throw error;
      return this.own;
    }
  }

  private read(name: string): Promise<string> {
    return readFile(join(this.folder, name), 'utf8');
  }
}

/** The URI alone decides. */
export class NoCredentials extends DatabaseCredentialsSource {
  override credentials(): Promise<null> {
    return Promise.resolve(null);
  }
}

/** How this configuration says that the API and the database know each other. */
export function databaseCredentials(config: Config, { ca, databaseClient }: Certificates): DatabaseCredentialsSource {
  if (config.databaseTlsDir === undefined) return new NoCredentials();
  return new FolderCredentials(config.databaseTlsDir, config.kubernetes ? { ca, ...databaseClient } : undefined);
}
