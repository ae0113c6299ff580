import { execFileSync } from 'node:child_process';
import { mkdtempSync, readFileSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import path from 'node:path';

/** A certificate and its key, PEM. */
export interface Certificate {
  readonly cert: string;
  readonly key: string;
}

function inDirectory<T>(act: (directory: string) => T): T {
  const directory = mkdtempSync(path.join(tmpdir(), 'docksnap-agent-ca-'));
  try {
    return act(directory);
  } finally {
    rmSync(directory, { recursive: true });
  }
}

const keyArguments = ['-newkey', 'ec', '-pkeyopt', 'ec_paramgen_curve:prime256v1', '-nodes', '-days', '2'];

/** A self-signed certificate: a CA's, or a kubelet's that signs itself. */
export function selfSigned(commonName: string, alternativeNames = ''): Certificate {
  return inDirectory((directory) => {
    const [cert, key] = [path.join(directory, 'cert'), path.join(directory, 'key')];
    const extension = alternativeNames === '' ? [] : ['-addext', `subjectAltName=${alternativeNames}`];
    const names = ['-x509', '-subj', `/CN=${commonName}`, '-keyout', key, '-out', cert];
    execFileSync('openssl', ['req', ...keyArguments, ...names, ...extension], { stdio: 'pipe' });
    return { cert: readFileSync(cert, 'utf8'), key: readFileSync(key, 'utf8') };
  });
}

/** A server certificate that a CA signed, for names such as `DNS:node-1,IP:127.0.0.1`. */
export function signedBy(ca: Certificate, commonName: string, alternativeNames: string): Certificate {
  return inDirectory((directory) => {
    const file = (name: string): string => path.join(directory, name);
    writeFileSync(file('ca.cert'), ca.cert);
    writeFileSync(file('ca.key'), ca.key);
    writeFileSync(file('extensions'), `subjectAltName=${alternativeNames}`);
    const request = ['-subj', `/CN=${commonName}`, '-keyout', file('key'), '-out', file('request')];
    execFileSync('openssl', ['req', ...keyArguments.slice(0, -2), ...request], { stdio: 'pipe' });
    const authority = ['-CA', file('ca.cert'), '-CAkey', file('ca.key'), '-CAcreateserial', '-days', '2'];
    const outcome = ['-in', file('request'), '-out', file('cert'), '-extfile', file('extensions')];
    execFileSync('openssl', ['x509', '-req', ...authority, ...outcome], { stdio: 'pipe' });
    return { cert: readFileSync(file('cert'), 'utf8'), key: readFileSync(file('key'), 'utf8') };
  });
}
