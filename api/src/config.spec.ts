import { mkdtempSync, rmSync, writeFileSync } from 'node:fs';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { describe, expect, it } from '@jest/globals';
import { readConfig } from './config.ts';

const DOCKSNAP_MONGODB_URI = 'mongodb://user:secret@database:27017';

describe('readConfig', () => {
  it('needs nothing but the database', () => {
    expect(readConfig({ DOCKSNAP_MONGODB_URI })).toMatchObject({
      httpsPort: 8443,
      httpPort: 8080,
      metricsPort: 9090,
      kubernetes: true,
      namespace: 'docksnap',
      agentNamespaces: ['docksnap'],
      tlsSecretName: 'docksnap-api-tls',
      databaseTlsDir: undefined,
      publicOrigins: [],
      retentionHours: 168,
      retentionDays: { m1: 14, m5: 90, h1: 730 },
      retentionBytes: undefined,
    });
  });

  it('reads lists, and takes an empty variable as not set', () => {
    const config = readConfig({
      DOCKSNAP_MONGODB_URI,
      DOCKSNAP_AGENT_NAMESPACES: 'a, b,',
      DOCKSNAP_PUBLIC_ORIGINS: 'https://docksnap.example.com/console',
      DOCKSNAP_TLS_SECRET: '',
      DOCKSNAP_KUBERNETES: 'false',
    });
    expect(config.agentNamespaces).toEqual(['a', 'b']);
    expect(config.publicOrigins).toEqual(['https://docksnap.example.com']);
    expect(config.tlsSecretName).toBe('docksnap-api-tls');
    expect(config.kubernetes).toBe(false);
  });

  it('reads the URI from the file that it is told', () => {
    const folder = mkdtempSync(join(tmpdir(), 'docksnap-config-'));
    writeFileSync(join(folder, 'uri'), `${DOCKSNAP_MONGODB_URI}\n`);
    const config = readConfig({ DOCKSNAP_MONGODB_URI_FILE: join(folder, 'uri') });
    expect(config.mongodbUri).toBe(DOCKSNAP_MONGODB_URI);
    rmSync(folder, { recursive: true });
  });

  it.each([
    ['DOCKSNAP_HTTPS_PORT', '70000', 'from 0 to 65535'],
    ['DOCKSNAP_HTTPS_PORT', 'https', 'from 0 to 65535'],
    ['DOCKSNAP_KUBERNETES', 'yes', 'true or false'],
    ['DOCKSNAP_RETENTION_HOURS', '0', 'at least 1 hour'],
    ['DOCKSNAP_RETENTION_HOURS', '17521', 'two years'],
    ['DOCKSNAP_RETENTION_M1_DAYS', '0', 'at least 1 day'],
    ['DOCKSNAP_RETENTION_M5_DAYS', 'all', 'from 1 to 3653'],
    ['DOCKSNAP_RETENTION_H1_DAYS', '3654', 'ten years'],
    ['DOCKSNAP_RETENTION_BYTES', '99999999', '100000000 bytes or more'],
    ['DOCKSNAP_RETENTION_BYTES', '-1', '100000000 bytes or more'],
    ['DOCKSNAP_PUBLIC_ORIGINS', 'docksnap', 'https://docksnap.example.com'],
    ['DOCKSNAP_LOG_LEVEL', 'loud', 'debug'],
  ])('names %s=%s and what is allowed: %s', (name, value, allowed) => {
    const read = (): unknown => readConfig({ DOCKSNAP_MONGODB_URI, [name]: value });
    expect(read).toThrow(`${name}=${value} is not allowed`);
    expect(read).toThrow(allowed);
  });

  it('never repeats a URI, which may hold a password', () => {
    const read = (): unknown => readConfig({ DOCKSNAP_MONGODB_URI: 'mysql://user:secret@database' });
    expect(read).toThrow('must hold a mongodb:// or mongodb+srv:// URI');
    expect(read).not.toThrow('secret');
  });
});
