import type { Scope } from '@docksnap/contract';
import { adminName } from './accounts/accounts.ts';

/** What each person may see. */
export abstract class PersonScopes {
  abstract scopeOf(username: string): Promise<Scope>;
}

/** The local admin is the only person so far, and may see everything; anybody else nothing. */
export class LocalScopes extends PersonScopes {
  override async scopeOf(username: string): Promise<Scope> {
    return Promise.resolve(username === adminName ? { kind: 'all' } : { kind: 'namespaces', namespaces: [] });
  }
}
