import { Injectable } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import type { Connection } from 'mongoose';
import { bounded } from './bounded.ts';
import { StoreUnavailableError } from './store.ts';

/** How large the database is. */
@Injectable()
export class DatabaseSize {
  constructor(@InjectConnection() private readonly connection: Connection) {}

  /**
   * Bytes of all documents, as `dbStats` counts them: files that became too large do not shrink by themselves, and take
   * new documents instead. Rejects with StoreUnavailableError.
   */
  async bytes(): Promise<number> {
    const answer = await bounded('tell its size', async () => this.connection.db?.command({ dbStats: 1 }));
    const size: unknown = answer?.['dataSize'];
    if (typeof size !== 'number') throw new StoreUnavailableError('the database did not tell its size; try again');
    return size;
  }
}
