import type { ProblemReason } from '../problems.ts';

export type TlsMode = 'Auto' | 'Strict' | 'Skip';

/** How the kubelet proved itself, as reported. */
export type KubeletTrust = 'ClusterCA' | 'Pinned' | 'Skipped';

/** How it proved itself before: kept with the spool, so that a restart does not trust anew. */
export type RememberedTrust = { readonly kind: 'ClusterCA' } | { readonly kind: 'Pinned'; readonly spkiSha256: string };

/** What a handshake showed. */
export interface PresentedCertificate {
  /** Why it does not verify against the cluster's CA with the node's name; undefined: it does. */
  readonly verifyError: string | undefined;
  /** SHA-256 of the certificate's public key (SubjectPublicKeyInfo, DER), hex: it outlives a renewal with that key. */
  readonly spkiSha256: string;
}

export type TrustDecision =
  | { readonly accepted: true; readonly trust: KubeletTrust; readonly remember: RememberedTrust | undefined }
  | { readonly accepted: false; readonly reason: ProblemReason; readonly message: string };

const retrust = "if that was intended, delete the agent's pod on this node, and it trusts anew";

/**
 * Whether to talk to this kubelet. `Auto`: the cluster's CA, else the key seen at first use; once a kubelet proved
 * itself one way, a lesser proof is refused. `Strict`: the CA alone. `Skip`: anything.
 */
export function decideTrust(
  mode: TlsMode,
  presented: PresentedCertificate,
  remembered: RememberedTrust | undefined,
): TrustDecision {
  if (mode === 'Skip') return { accepted: true, trust: 'Skipped', remember: undefined };
  if (presented.verifyError === undefined) {
    return { accepted: true, trust: 'ClusterCA', remember: { kind: 'ClusterCA' } };
  }
  if (mode === 'Strict') {
    const message =
      `the kubelet's certificate does not verify against the cluster's CA (${presented.verifyError}): ` +
      'enable serverTLSBootstrap in the kubelet, name its CA in kubelet.caRef, or choose tlsVerification Auto';
    return { accepted: false, reason: 'KubeletCertificateUntrusted', message };
  }
  return decidePin(presented, remembered);
}

function decidePin(presented: PresentedCertificate, remembered: RememberedTrust | undefined): TrustDecision {
  const { spkiSha256 } = presented;
  const accepted: TrustDecision = { accepted: true, trust: 'Pinned', remember: { kind: 'Pinned', spkiSha256 } };
  if (remembered === undefined) return accepted;
  if (remembered.kind === 'Pinned' && remembered.spkiSha256 === spkiSha256) return accepted;
  const before = remembered.kind === 'Pinned' ? `key ${remembered.spkiSha256}` : "a certificate of the cluster's CA";
  const message = `the kubelet showed ${before} before and now key ${spkiSha256}; nothing is read from it: ${retrust}`;
  return { accepted: false, reason: 'KubeletCertificateChanged', message };
}
