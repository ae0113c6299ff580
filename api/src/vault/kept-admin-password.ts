import { Injectable } from '@nestjs/common';
import { AdminPassword, newPassword } from '../access/accounts/admin-password.ts';
import { Vault } from './vault.ts';

export const adminSecret = 'docksnap-admin';

/** The admin's first password, in the vault's `docksnap-admin`. */
@Injectable()
export class KeptAdminPassword extends AdminPassword {
  constructor(private readonly vault: Vault) {
    super();
  }

  override async first(): Promise<string> {
    const entries = await this.vault.keep(adminSecret, ({ password }) =>
      Promise.resolve(password === undefined || password === '' ? { password: newPassword() } : {}),
    );
    return entries['password'] ?? '';
  }
}
