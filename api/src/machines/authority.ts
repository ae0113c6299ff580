import { createHash, X509Certificate } from 'node:crypto';
import { Injectable } from '@nestjs/common';

/** The certificate authority by which machines know this API. */
@Injectable()
export class ApiAuthority {
  /** @param certificate PEM; null where the API's certificate is of an authority that every machine knows */
  constructor(readonly certificate: string | null) {}

  /** `sha256:` and the hex digest of its public key (SPKI, DER), as kubeadm's --discovery-token-ca-cert-hash. */
  get hash(): string | null {
    if (this.certificate === null) return null;
    const key = new X509Certificate(this.certificate).publicKey.export({ type: 'spki', format: 'der' });
    return `sha256:${createHash('sha256').update(key).digest('hex')}`;
  }
}
