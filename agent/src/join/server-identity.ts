import { X509Certificate } from 'node:crypto';
import { checkServerIdentity, type PeerCertificate } from 'node:tls';

/** Names that the API's own authority gives: to itself, and to the API. It signs nothing but this release's parts. */
const ownAuthority = 'CN=DockSnap CA';
const apiName = 'docksnap-api';

/**
 * Judges the name in the API's certificate. A machine reaches the API by an address that no certificate of a cluster
 * names; where the API's own authority has signed, and the machine was told that authority's hash, the API's own name
 * is proof enough.
 * @param ca PEM of the authority that is asked
 */
export function identityCheck(ca: string): (hostname: string, certificate: PeerCertificate) => Error | undefined {
  const isOwn = new X509Certificate(ca).subject === ownAuthority;
  return (hostname, certificate) => {
    const error = checkServerIdentity(hostname, certificate);
    return error !== undefined && isOwn ? checkServerIdentity(apiName, certificate) : error;
  };
}
