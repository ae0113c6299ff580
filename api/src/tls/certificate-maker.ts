// @peculiar/x509 finds its parts by reflection.
import 'reflect-metadata';
import {
  BasicConstraintsExtension,
  ExtendedKeyUsage,
  ExtendedKeyUsageExtension,
  KeyUsageFlags,
  KeyUsagesExtension,
  PemConverter,
  SubjectAlternativeNameExtension,
  SubjectKeyIdentifierExtension,
  X509Certificate,
  X509CertificateGenerator,
} from '@peculiar/x509';

/** A certificate and its private key, both PEM. */
export interface Identity {
  readonly cert: string;
  readonly key: string;
}

/** What a certificate is for. */
export interface Purpose {
  readonly commonName: string;
  readonly dnsNames: readonly string[];
  readonly ipAddresses: readonly string[];
  readonly usage: 'server' | 'client';
}

const algorithm = { name: 'ECDSA', namedCurve: 'P-256', hash: 'SHA-256' } as const;
const dayMs = 24 * 3_600_000;
const authorityDays = 3650;
const leafDays = 730;
/** Clocks of other machines may be behind. */
const backdatedMs = 3_600_000;

/** A new certificate authority that may sign leaves alone, valid ten years. */
export async function makeAuthority(nowMs: number): Promise<Identity> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const certificate = await X509CertificateGenerator.createSelfSigned({
    name: 'CN=DockSnap CA',
    ...validity(nowMs, authorityDays),
    signingAlgorithm: algorithm,
    keys,
    extensions: [
      new BasicConstraintsExtension(true, 0, true),
      new KeyUsagesExtension(KeyUsageFlags.keyCertSign | KeyUsageFlags.cRLSign, true),
      await SubjectKeyIdentifierExtension.create(keys.publicKey),
    ],
  });
  return { cert: pem(certificate), key: await pemOfKey(keys.privateKey) };
}

/** A new certificate of that purpose, signed by the authority, valid two years. */
export async function issue(authority: Identity, purpose: Purpose, nowMs: number): Promise<Identity> {
  const keys = await crypto.subtle.generateKey(algorithm, true, ['sign', 'verify']);
  const issuer = new X509Certificate(authority.cert);
  const certificate = await X509CertificateGenerator.create({
    subject: `CN=${purpose.commonName}`,
    issuer: issuer.subject,
    ...validity(nowMs, leafDays),
    signingAlgorithm: algorithm,
    publicKey: keys.publicKey,
    signingKey: await importKey(authority.key),
    extensions: [
      new BasicConstraintsExtension(false, undefined, true),
      new KeyUsagesExtension(KeyUsageFlags.digitalSignature, true),
      new ExtendedKeyUsageExtension([ExtendedKeyUsage[purpose.usage === 'server' ? 'serverAuth' : 'clientAuth']]),
      new SubjectAlternativeNameExtension([
        ...purpose.dnsNames.map((value) => ({ type: 'dns' as const, value })),
        ...purpose.ipAddresses.map((value) => ({ type: 'ip' as const, value })),
      ]),
    ],
  });
  return { cert: pem(certificate), key: await pemOfKey(keys.privateKey) };
}

function validity(nowMs: number, days: number) {
  return { notBefore: new Date(nowMs - backdatedMs), notAfter: new Date(nowMs + days * dayMs) };
}

function pem(certificate: X509Certificate): string {
  return `${certificate.toString('pem')}\n`;
}

async function pemOfKey(key: CryptoKey): Promise<string> {
  return `${PemConverter.encode(await crypto.subtle.exportKey('pkcs8', key), 'PRIVATE KEY')}\n`;
}

function importKey(text: string): Promise<CryptoKey> {
  const [der = new ArrayBuffer()] = PemConverter.decode(text);
  return crypto.subtle.importKey('pkcs8', der, algorithm, false, ['sign']);
}
