import type { Scope } from '@docksnap/contract';

/** Who speaks to a route, after its guard. */
export type Principal =
  | {
      readonly kind: 'agent';
      readonly nodeName: string;
      readonly nodeUid: string;
      readonly podUid: string;
      /** Where the node is none of this API's cluster. */
      readonly cluster?: string;
    }
  /** A machine that shows a join token. */
  | { readonly kind: 'joiner'; readonly tokenId: string; readonly invitedBy: string }
  | { readonly kind: 'operator' }
  | { readonly kind: 'person'; readonly username: string; readonly scope: Scope }
  /** A script that shows a read token. */
  | { readonly kind: 'script'; readonly tokenId: string; readonly scope: Scope };
