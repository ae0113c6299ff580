import { type DynamicModule, Module } from '@nestjs/common';
import { AdminPassword } from './access/accounts/admin-password.ts';
import { TokensModule } from './access/tokens/tokens.module.ts';
import { Clock, SystemClock } from './clock.ts';
import { Config } from './config.ts';
import { Kube } from './kube/kube.ts';
import { ApiAuthority } from './machines/authority.ts';
import type { DatabaseCredentialsSource } from './store/database.ts';
import { DatabaseModule } from './store/store.module.ts';
import { KeptAdminPassword } from './vault/kept-admin-password.ts';
import { Vault } from './vault/vault.ts';

/** What the process found out before the application exists. */
export interface Surroundings {
  readonly config: Config;
  /** Null where there is no Kubernetes. */
  readonly kube: Kube | null;
  readonly vault: Vault;
  readonly databaseCredentials: DatabaseCredentialsSource;
  readonly authority: ApiAuthority;
}

/** What every feature may inject: Config, Clock, Kube, Vault, the connection, and who tells whose a token is. */
@Module({})
export class SurroundingsModule {
  static with({ config, kube, vault, databaseCredentials, authority }: Surroundings): DynamicModule {
    const providers = [
      { provide: Config, useValue: config },
      { provide: Kube, useValue: kube },
      { provide: Vault, useValue: vault },
      { provide: ApiAuthority, useValue: authority },
      { provide: Clock, useClass: SystemClock },
      { provide: AdminPassword, useClass: KeptAdminPassword },
    ];
    return {
      module: SurroundingsModule,
      global: true,
      imports: [DatabaseModule.with(databaseCredentials), TokensModule],
      providers,
      exports: [Config, ApiAuthority, Kube, Vault, Clock, AdminPassword, TokensModule],
    };
  }
}
