export type VaultEntries = Readonly<Record<string, string>>;

/** Where the API keeps what it must not lose: certificates and the first password. */
export abstract class Vault {
  /**
   * The entries kept under a name, after adding those that `complete` returns for what is there. When somebody else
   * writes at the same time, the loser looks again, so all see the same entries.
   */
  abstract keep(name: string, complete: (present: VaultEntries) => Promise<VaultEntries>): Promise<VaultEntries>;
}
