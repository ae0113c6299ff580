import type { Principal } from '../principal.ts';

/**
 * Who holds a bearer token. Both reject with a Problem: 401 `unauthenticated` for a token that is not good here, 403
 * `forbidden` for a good token of somebody else, 503 `reviewer_unavailable` while tokens cannot be reviewed.
 */
export abstract class AgentTokens {
  abstract authenticate(bearer: string): Promise<Principal>;
}

export abstract class OperatorTokens {
  abstract authenticate(bearer: string): Promise<Principal>;
}
