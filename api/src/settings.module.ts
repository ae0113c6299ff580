import { type DynamicModule, Module } from '@nestjs/common';
import { Clock, SystemClock } from './clock.ts';
import { Config } from './config.ts';
import { Kube } from './kube/kube.ts';

/** What every feature may inject: Config, Clock, and Kube (null where there is no Kubernetes). */
@Module({})
export class SettingsModule {
  static with(config: Config, kube: Kube | null): DynamicModule {
    const providers = [
      { provide: Config, useValue: config },
      { provide: Kube, useValue: kube },
      { provide: Clock, useClass: SystemClock },
    ];
    return { module: SettingsModule, global: true, providers, exports: [Config, Kube, Clock] };
  }
}
