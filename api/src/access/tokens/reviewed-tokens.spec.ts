import { describe, expect, it } from '@jest/globals';
import type { V1TokenReviewStatus } from '@kubernetes/client-node';
import { KubeUnavailableError } from '../../kube/kube.ts';
import { TestClock } from '../../testing/test-clock.ts';
import { reviewedMs, ReviewedTokens, trustedMs } from './reviewed-tokens.ts';

/** A kube-apiserver that counts, and that can be away; what a real one says is in tokens.cluster.spec.ts. */
function setUp() {
  const clock = new TestClock();
  const kube = { asked: 0, away: false, status: good };
  const reviewToken = async (): Promise<V1TokenReviewStatus> => {
    kube.asked += 1;
    if (kube.away) throw new KubeUnavailableError('it is away');
    return Promise.resolve(kube.status);
  };
  const reviewed = new ReviewedTokens({ reviewToken }, clock, 'here', (user) => user.username ?? '');
  return { clock, kube, reviewed };
}

const good: V1TokenReviewStatus = { authenticated: true, audiences: ['here'], user: { username: 'somebody' } };

describe('ReviewedTokens', () => {
  it('asks once a minute for each token, also when several come at once', async () => {
    const { clock, kube, reviewed } = setUp();
    await Promise.all([reviewed.authenticate('t'), reviewed.authenticate('t')]);
    clock.advance(reviewedMs - 1);
    expect(await reviewed.authenticate('t')).toBe('somebody');
    expect(kube.asked).toBe(1);
    clock.advance(1);
    await reviewed.authenticate('t');
    await reviewed.authenticate('u');
    expect(kube.asked).toBe(3);
  });

  it.each<[string, V1TokenReviewStatus]>([
    ['is not good', { authenticated: false, error: 'expired' }],
    ['is good for others', { ...good, audiences: ['elsewhere'] }],
    ['was reviewed by a server that knows no audiences', { authenticated: true, user: { username: 'somebody' } }],
  ])('refuses a token that %s, and asks no more about it for a minute', async (_, status) => {
    const { kube, reviewed } = setUp();
    kube.status = status;
    await expect(reviewed.authenticate('t')).rejects.toMatchObject({ status: 401 });
    await expect(reviewed.authenticate('t')).rejects.toMatchObject({ status: 401 });
    expect(kube.asked).toBe(1);
  });

  it('refuses a token that it has never seen while nobody can review it, and asks anew each time', async () => {
    const { kube, reviewed } = setUp();
    kube.away = true;
    await expect(reviewed.authenticate('t')).rejects.toThrow(KubeUnavailableError);
    kube.away = false;
    expect(await reviewed.authenticate('t')).toBe('somebody');
  });

  it('trusts its last review for ten minutes while nobody can review it again', async () => {
    const { clock, kube, reviewed } = setUp();
    await reviewed.authenticate('t');
    kube.away = true;
    clock.advance(trustedMs - 1);
    expect(await reviewed.authenticate('t')).toBe('somebody');
    clock.advance(1);
    await expect(reviewed.authenticate('t')).rejects.toThrow(KubeUnavailableError);
  });

  it('believes a refusal as soon as there is one', async () => {
    const { clock, kube, reviewed } = setUp();
    await reviewed.authenticate('t');
    kube.status = { authenticated: false };
    clock.advance(reviewedMs);
    await expect(reviewed.authenticate('t')).rejects.toMatchObject({ status: 401 });
    kube.away = true;
    clock.advance(reviewedMs);
    await expect(reviewed.authenticate('t')).rejects.toMatchObject({ status: 401 });
  });
});
