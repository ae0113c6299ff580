import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { Documents } from '../../store/documents.ts';
import { ReadTokenDocument } from './read-token.schema.ts';

/** Read tokens in the database: every replica knows them, and sees that one is gone. There are few of them. */
@Injectable()
export class ReadTokenRepository {
  private readonly documents: Documents<ReadTokenDocument>;

  constructor(@InjectModel(ReadTokenDocument.name) model: Model<ReadTokenDocument>) {
    this.documents = new Documents(model);
  }

  async find(id: string): Promise<ReadTokenDocument | undefined> {
    return this.documents.find(id);
  }

  async all(): Promise<readonly ReadTokenDocument[]> {
    return this.documents.all();
  }

  async insert(token: ReadTokenDocument): Promise<void> {
    await this.documents.insert(token);
  }

  async remove(id: string): Promise<void> {
    await this.documents.remove(id);
  }
}
