import { describe, expect, it } from '@jest/globals';
import type { RememberedTrust, TlsMode, TrustDecision } from './trust.ts';
import { decideTrust } from './trust.ts';

const key = 'a'.repeat(64);
const otherKey = 'b'.repeat(64);
const pinned: RememberedTrust = { kind: 'Pinned', spkiSha256: key };
const cluster: RememberedTrust = { kind: 'ClusterCA' };
const bad = 'self-signed certificate';

describe('decideTrust', () => {
  it.each<[string, TlsMode, string | undefined, RememberedTrust | undefined, Partial<TrustDecision>]>([
    ['Auto takes what the CA signed', 'Auto', undefined, undefined, { trust: 'ClusterCA', remember: cluster }],
    ['Auto takes it over a pin', 'Auto', undefined, pinned, { trust: 'ClusterCA', remember: cluster }],
    ['Auto pins a key at first use', 'Auto', bad, undefined, { trust: 'Pinned', remember: pinned }],
    ['Auto takes the pinned key again', 'Auto', bad, pinned, { trust: 'Pinned', remember: pinned }],
    [
      'Auto refuses another key than the pinned one',
      'Auto',
      bad,
      { kind: 'Pinned', spkiSha256: otherKey },
      { accepted: false, reason: 'KubeletCertificateChanged' },
    ],
    [
      'Auto refuses less than the CA once it had it',
      'Auto',
      bad,
      cluster,
      { accepted: false, reason: 'KubeletCertificateChanged' },
    ],
    ['Strict takes what the CA signed', 'Strict', undefined, undefined, { trust: 'ClusterCA' }],
    ['Strict refuses a pin', 'Strict', bad, pinned, { accepted: false, reason: 'KubeletCertificateUntrusted' }],
    ['Skip takes anything and remembers nothing', 'Skip', bad, undefined, { trust: 'Skipped', remember: undefined }],
  ])('%s', (_what, mode, verifyError, remembered, expected) => {
    const decision = decideTrust(mode, { verifyError, spkiSha256: key }, remembered);
    expect(decision).toMatchObject({ accepted: true, ...expected });
  });

  it('says what was shown and what to do', () => {
    const decision = decideTrust('Auto', { verifyError: bad, spkiSha256: otherKey }, pinned);
    expect(decision).toMatchObject({ message: expect.stringContaining(`key ${key} before and now key ${otherKey}`) });
    expect(decision).toMatchObject({ message: expect.stringContaining("delete the agent's pod") });
  });
});
