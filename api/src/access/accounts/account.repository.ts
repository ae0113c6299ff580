import { Injectable } from '@nestjs/common';
import { InjectModel } from '@nestjs/mongoose';
import { Model } from 'mongoose';
import { Documents } from '../../store/documents.ts';
import { AccountDocument } from './account.schema.ts';

@Injectable()
export class AccountRepository {
  private readonly documents: Documents<AccountDocument>;

  constructor(@InjectModel(AccountDocument.name) model: Model<AccountDocument>) {
    this.documents = new Documents(model);
  }

  async find(username: string): Promise<AccountDocument | undefined> {
    return this.documents.find(username);
  }

  /** Writes the account, whether or not it is there. */
  async put(account: AccountDocument): Promise<void> {
    await this.documents.replace([account]);
  }
}
