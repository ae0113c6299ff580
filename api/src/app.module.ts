import { type DynamicModule, Module } from '@nestjs/common';
import type { Config } from './config.ts';
import type { Kube } from './kube/kube.ts';
import { SettingsModule } from './settings.module.ts';

/** The whole API. `with` adds what the process found out before: its configuration and its cluster. */
@Module({
  imports: [],
})
export class AppModule {
  static with(config: Config, kube: Kube | null): DynamicModule {
    return { module: AppModule, imports: [SettingsModule.with(config, kube)] };
  }
}
