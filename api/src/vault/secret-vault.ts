import type { Kube } from '../kube/kube.ts';
import { Vault, type VaultEntries } from './vault.ts';

/** Several replicas start at once: each loses at most once per other replica. */
const mostAttempts = 10;

/** Secrets of the release's namespace, which the chart renders empty: the API may read and patch these alone. */
export class SecretVault extends Vault {
  constructor(private readonly kube: Kube) {
    super();
  }

  override async keep(name: string, complete: (present: VaultEntries) => Promise<VaultEntries>): Promise<VaultEntries> {
    for (let attempt = 0; attempt < mostAttempts; attempt += 1) {
      const secret = await this.kube.secret(name);
      if (secret === undefined) throw new Error(`the Secret ${name} is missing; helm upgrade renders it again`);
      const added = await complete(secret.entries);
      if (Object.keys(added).length === 0) return secret.entries;
      if (await this.kube.fillSecret(name, secret.resourceVersion, added)) return { ...secret.entries, ...added };
    }
    throw new Error(`the Secret ${name} changed ${mostAttempts} times while it was filled; see who writes to it`);
  }
}
