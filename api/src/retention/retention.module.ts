import { type BeforeApplicationShutdown, Module, type OnApplicationBootstrap } from '@nestjs/common';
import { Loop } from '../replicas/loop.ts';
import { StoreModule } from '../store/store.module.ts';
import { TiersModule } from '../tiers/tiers.module.ts';
import { Cursors } from './cursors.ts';
import { DatabaseSize } from '../store/database-size.ts';
import { Remover } from './remover.ts';
import { Retention } from './retention.ts';
import { KeptShare } from './share.ts';
import { Subjects } from './subjects.ts';

const everyMs = 10 * 60_000;

/** Ends what was kept long enough. */
@Module({
  imports: [StoreModule, TiersModule],
  providers: [Retention, Subjects, Remover, Cursors, KeptShare, DatabaseSize],
})
export class RetentionModule implements OnApplicationBootstrap, BeforeApplicationShutdown {
  private loop: Loop | undefined;

  constructor(private readonly retention: Retention) {}

  onApplicationBootstrap(): void {
    this.loop = new Loop('remove what is too old', everyMs, () => this.retention.turn());
  }

  async beforeApplicationShutdown(): Promise<void> {
    await this.loop?.stop();
  }
}
