import { setTimeout as wait } from 'node:timers/promises';
import { type BeforeApplicationShutdown, Injectable, Logger, type OnApplicationBootstrap } from '@nestjs/common';
import { AccountRepository } from './account.repository.ts';
import type { AccountDocument } from './account.schema.ts';
import { AdminPassword } from './admin-password.ts';
import { hashPassword, isPassword } from './password-hash.ts';

export const adminName = 'admin';

const pauseMs = 5000;

/** Those who log in by name and password: the local admin. */
@Injectable()
export class Accounts implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private readonly log = new Logger('Accounts');
  private readonly stopping = new AbortController();
  /** Of a password that nobody knows: an unknown name costs as much as a known one. */
  private readonly nobody = hashPassword(crypto.randomUUID());
  private making: Promise<AccountDocument> | undefined;

  constructor(
    private readonly accounts: AccountRepository,
    private readonly adminPassword: AdminPassword,
  ) {}

  /** The first password is there to be read as soon as it can be, not only when somebody tries to log in. */
  onApplicationBootstrap(): void {
    void this.makeAdmin();
  }

  beforeApplicationShutdown(): void {
    this.stopping.abort();
  }

  /** Whether a name and password belong together. */
  async matches(username: string, password: string): Promise<boolean> {
    const account = username === adminName ? await this.admin() : undefined;
    const matched = await isPassword(password, account?.hash ?? (await this.nobody));
    return matched && account !== undefined;
  }

  /**
   * Gives a name another password. What its Secret holds opens nothing any more, until somebody puts another one there.
   */
  async change(username: string, password: string): Promise<void> {
    const account = username === adminName ? await this.admin() : undefined;
    if (account === undefined) throw new Error(`${username} does not log in by a password`);
    const { _id, hash, kept = hash } = account;
    await this.accounts.put({ _id, hash: await hashPassword(password), kept });
  }

  private async admin(): Promise<AccountDocument> {
    return (await this.accounts.find(adminName)) ?? this.asKept();
  }

  /** Made once for all who ask meanwhile: FerretDB refuses one of two upserts that meet. */
  private asKept(): Promise<AccountDocument> {
    this.making ??= this.make().finally(() => {
      this.making = undefined;
    });
    return this.making;
  }

  /**
   * The account, with the password that its Secret holds, or the one that was chosen since. A Secret that has changed
   * decides: a database may outlive it, and a cluster admin who empties it gets a new password at the next start.
   * Replicas that do this at once read the same password.
   */
  private async make(): Promise<AccountDocument> {
    const password = await this.adminPassword.first();
    const found = await this.accounts.find(adminName);
    if (found !== undefined && (await isPassword(password, found.kept ?? found.hash))) return found;
    const account = { _id: adminName, hash: await hashPassword(password) };
    await this.accounts.put(account);
    this.log.log(
      found === undefined ? `the account ${adminName} was made` : `the account ${adminName} has a new password`,
    );
    return account;
  }

  private async makeAdmin(): Promise<void> {
    while (!this.stopping.signal.aborted) {
      try {
        await this.asKept();
        return;
      } catch (error) {
        const reason = error instanceof Error ? error.message : 'unknown error';
        this.log.warn(`the account ${adminName} cannot be made yet: ${reason}`);
      }
      await wait(pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }
}
