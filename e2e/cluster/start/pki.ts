import 'reflect-metadata'; // @peculiar/x509 reads the metadata of its classes.
import * as x509 from '@peculiar/x509';
import { createPrivateKey, webcrypto } from 'node:crypto';

/** PEM texts of a certificate and its private key. */
export interface Identity {
  readonly certificate: string;
  readonly key: string;
}

/** Who a certificate is for: Kubernetes reads the user from CN and the groups from O. */
export interface Subject {
  readonly commonName: string;
  readonly organization?: string;
  /** DNS names and IP addresses that it serves; none: it is a client's alone. */
  readonly servedAs?: readonly string[];
}

/** A certificate authority in memory. */
export interface Authority extends Identity {
  issue(subject: Subject): Promise<Identity>;
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
/** As long as a cluster's state may be kept. */
const VALID_DAYS = 3650;
const DAY_MS = 86_400_000;

x509.cryptoProvider.set(webcrypto);

/** Makes a new certificate authority. */
export async function createAuthority(commonName: string): Promise<Authority> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const ca = await x509.X509CertificateGenerator.createSelfSigned({
    name: `CN=${commonName}`,
    keys,
    signingAlgorithm: algorithm,
    ...validity(),
    extensions: [
      new x509.BasicConstraintsExtension(true, undefined, true),
      new x509.KeyUsagesExtension(x509.KeyUsageFlags.keyCertSign | x509.KeyUsageFlags.cRLSign, true),
      await x509.SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  const issue = async (subject: Subject): Promise<Identity> => {
    const own = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
    const certificate = await x509.X509CertificateGenerator.create({
      subject:
        subject.organization === undefined
          ? `CN=${subject.commonName}`
          : `O=${subject.organization}, CN=${subject.commonName}`,
      issuer: ca.subject,
      publicKey: own.publicKey,
      signingKey: keys.privateKey,
      signingAlgorithm: algorithm,
      ...validity(),
      extensions: [
        new x509.KeyUsagesExtension(x509.KeyUsageFlags.digitalSignature, true),
        new x509.ExtendedKeyUsageExtension([
          x509.ExtendedKeyUsage.clientAuth,
          ...(subject.servedAs ? [x509.ExtendedKeyUsage.serverAuth] : []),
        ]),
        ...(subject.servedAs ? [new x509.SubjectAlternativeNameExtension(subject.servedAs.map(alternativeName))] : []),
        await x509.AuthorityKeyIdentifierExtension.create(ca),
      ],
    });
    return { certificate: certificate.toString('pem'), key: await privatePem(own.privateKey) };
  };
  return { certificate: ca.toString('pem'), key: await privatePem(keys.privateKey), issue };
}

/** A key pair for signing ServiceAccount tokens, as PEM texts. */
export async function createSigningKeys(): Promise<{ publicKey: string; privateKey: string }> {
  const keys = await webcrypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  return {
    publicKey: x509.PemConverter.encode(await webcrypto.subtle.exportKey('spki', keys.publicKey), 'PUBLIC KEY'),
    privateKey: await privatePem(keys.privateKey),
  };
}

function alternativeName(name: string): x509.JsonGeneralName {
  return { type: /^[\d.]+$/.test(name) ? 'ip' : 'dns', value: name };
}

function validity(): { notBefore: Date; notAfter: Date } {
  const now = Date.now();
  return { notBefore: new Date(now - DAY_MS), notAfter: new Date(now + VALID_DAYS * DAY_MS) };
}

/** As SEC 1 (`EC PRIVATE KEY`), the form that every Kubernetes component reads. */
async function privatePem(key: webcrypto.CryptoKey): Promise<string> {
  const pkcs8 = Buffer.from(await webcrypto.subtle.exportKey('pkcs8', key));
  return createPrivateKey({ key: pkcs8, format: 'der', type: 'pkcs8' }).export({ format: 'pem', type: 'sec1' });
}
