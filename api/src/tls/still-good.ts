import { createPrivateKey, X509Certificate } from 'node:crypto';
import type { Identity, Purpose } from './certificate-maker.ts';

interface MaybeIdentity {
  readonly cert: string | undefined;
  readonly key: string | undefined;
}

/** Renewed when less than this is left: longer than any process runs without a restart is likely to be. */
const renewalMs = 180 * 24 * 3_600_000;

/** Whether an authority exists and outlives what it would sign by a while. */
export function isGoodAuthority(identity: MaybeIdentity, nowMs: number): identity is Identity {
  const certificate = parse(identity);
  return certificate?.ca === true && expiryMs(certificate) - nowMs > 2 * renewalMs;
}

/** Whether a certificate is there, is of that authority and purpose, fits its key and is not near its end. */
export function isGoodLeaf(
  identity: MaybeIdentity,
  authority: Identity,
  purpose: Purpose,
  nowMs: number,
): identity is Identity {
  const certificate = parse(identity);
  if (certificate === undefined) return false;
  return (
    certificate.verify(new X509Certificate(authority.cert).publicKey) &&
    expiryMs(certificate) - nowMs > renewalMs &&
    purpose.dnsNames.every((name) => certificate.checkHost(name) !== undefined) &&
    purpose.ipAddresses.every((address) => certificate.checkIP(address) !== undefined)
  );
}

/** The certificate, when it can be read and its key is the other half of it. */
function parse({ cert, key }: MaybeIdentity): X509Certificate | undefined {
  if (cert === undefined || key === undefined) return undefined;
  try {
    const certificate = new X509Certificate(cert);
    return certificate.checkPrivateKey(createPrivateKey(key)) ? certificate : undefined;
  } catch {
    // Whatever lies there is no certificate: it is replaced like a missing one.
    return undefined;
  }
}

function expiryMs(certificate: X509Certificate): number {
  return certificate.validToDate.getTime();
}
