import { createHash } from 'node:crypto';
import type { V1TokenReviewStatus, V1UserInfo } from '@kubernetes/client-node';
import type { Clock } from '../../clock.ts';
import { type Kube, KubeUnavailableError } from '../../kube/kube.ts';
import { Problem } from '../../problem/problem.ts';

/** A review counts for this long, in ms: then a deleted pod's token is refused. */
export const reviewedMs = 60_000;
/** While no kube-apiserver answers, a review counts for this long: nodes are watched through such an outage too. */
export const trustedMs = 10 * 60_000;
/** How long nobody asks again after a review that was not answered. */
const pauseMs = 10_000;
/** Reviews kept at once; beyond this the oldest are asked for again. */
const mostReviews = 20_000;

type Outcome<P> = { readonly principal: P } | { readonly problem: Problem };

interface Review<P> {
  readonly atMs: number;
  /** Until then it is not asked for again. */
  readonly untilMs: number;
  readonly outcome: Promise<Outcome<P>>;
}

/**
 * Bearer tokens of one audience, as the kube-apiserver reviews them. Reviews are kept by the token's hash, the
 * refusals too, so that a bad token that is sent again and again is not asked for again and again.
 */
export class ReviewedTokens<P> {
  private readonly reviews = new Map<string, Review<P>>();

  constructor(
    private readonly kube: Pick<Kube, 'reviewToken'>,
    private readonly clock: Clock,
    private readonly audience: string,
    /** Who a reviewed user is; throws a Problem 403 for everybody else. */
    private readonly admit: (user: V1UserInfo) => P,
  ) {}

  /** Rejects with Problem 401 or 403, or KubeUnavailableError. */
  async authenticate(bearer: string): Promise<P> {
    const hash = createHash('sha256').update(bearer).digest('base64');
    const nowMs = this.clock.nowMs();
    const kept = this.reviews.get(hash);
    if (kept !== undefined && nowMs < kept.untilMs) return opened(await kept.outcome);
    const outcome = this.review(bearer);
    this.keep(hash, { atMs: nowMs, untilMs: nowMs + reviewedMs, outcome });
    try {
      return opened(await outcome);
    } catch (error) {
      if (!(error instanceof KubeUnavailableError)) throw error;
      this.reviews.delete(hash);
      if (kept === undefined || nowMs >= kept.atMs + trustedMs) throw error;
      this.keep(hash, { ...kept, untilMs: Math.min(nowMs + pauseMs, kept.atMs + trustedMs) });
      return opened(await kept.outcome);
    }
  }

  private async review(bearer: string): Promise<Outcome<P>> {
    const status = await this.kube.reviewToken(bearer, this.audience);
    try {
      return { principal: this.admit(userOf(status, this.audience)) };
    } catch (error) {
      if (error instanceof Problem) return { problem: error };
      throw error;
    }
  }

  private keep(hash: string, review: Review<P>): void {
    this.reviews.delete(hash);
    this.reviews.set(hash, review);
    for (const oldest of this.reviews.keys()) {
      if (this.reviews.size <= mostReviews) return;
      this.reviews.delete(oldest);
    }
  }
}

function opened<P>(outcome: Outcome<P>): P {
  if ('problem' in outcome) throw outcome.problem;
  return outcome.principal;
}

/** Servers that know nothing of audiences leave them out: such an answer is no proof. */
function userOf(status: V1TokenReviewStatus, audience: string): V1UserInfo {
  const good = status.authenticated === true && status.audiences?.includes(audience) === true;
  if (good && status.user !== undefined) return status.user;
  const message = `the token is not good for the audience ${audience}: it may have expired, or be another service's`;
  throw new Problem(401, 'unauthenticated', message);
}
