import { X509Certificate } from 'node:crypto';
import { describe, expect, it } from '@jest/globals';
import { Vault, type VaultEntries } from '../vault/vault.ts';
import { prepareCertificates } from './certificates.ts';

const dayMs = 24 * 3_600_000;
const startMs = Date.UTC(2026, 10, 24);

/** Keeps entries in memory, and counts what was written. */
class Drawer extends Vault {
  readonly drawers = new Map<string, VaultEntries>();
  writes = 0;

  override async keep(name: string, complete: (present: VaultEntries) => Promise<VaultEntries>): Promise<VaultEntries> {
    const added = await complete(this.drawers.get(name) ?? {});
    this.writes += Object.keys(added).length > 0 ? 1 : 0;
    const all = { ...this.drawers.get(name), ...added };
    this.drawers.set(name, all);
    return all;
  }

  entry(name: string, file: string): string {
    return this.drawers.get(name)?.[file] ?? '';
  }
}

describe('prepareCertificates', () => {
  it('makes an authority and certificates for the names that the Services have', async () => {
    const drawer = new Drawer();
    const { ca, api } = await prepareCertificates(drawer, 'monitoring', startMs);
    const authority = new X509Certificate(ca);
    const server = new X509Certificate(api.cert);
    expect(server.verify(authority.publicKey)).toBe(true);
    expect(server.ca).toBe(false);
    expect(server.checkHost('docksnap-api.monitoring.svc')).toBeDefined();
    expect(server.checkHost('localhost')).toBeDefined();
    expect(server.checkIP('127.0.0.1')).toBeDefined();
    expect(server.checkHost('docksnap-database')).toBeUndefined();
    expect(server.validToDate.getTime()).toBeGreaterThan(startMs + 365 * dayMs);
    const database = new X509Certificate(drawer.entry('docksnap-database-tls', 'tls.crt'));
    expect(database.checkHost('docksnap-database.monitoring.svc')).toBeDefined();
    expect(database.verify(authority.publicKey)).toBe(true);
  });

  it("keeps the authority's key from the database and its client", async () => {
    const drawer = new Drawer();
    await prepareCertificates(drawer, 'docksnap', startMs);
    expect(Object.keys(drawer.drawers.get('docksnap-database-tls') ?? {}).sort()).toEqual([
      'ca.crt',
      'tls.crt',
      'tls.key',
    ]);
    expect(Object.keys(drawer.drawers.get('docksnap-database-client-tls') ?? {}).sort()).toEqual([
      'ca.crt',
      'client.crt',
      'client.key',
    ]);
  });

  it('changes nothing at the next start', async () => {
    const drawer = new Drawer();
    const first = await prepareCertificates(drawer, 'docksnap', startMs);
    expect(await prepareCertificates(drawer, 'docksnap', startMs + 365 * dayMs)).toEqual(first);
    expect(drawer.writes).toBe(3);
  });

  it('renews certificates half a year before their end, under the same authority', async () => {
    const drawer = new Drawer();
    const first = await prepareCertificates(drawer, 'docksnap', startMs);
    const later = await prepareCertificates(drawer, 'docksnap', startMs + 560 * dayMs);
    expect(later.ca).toBe(first.ca);
    expect(later.api.cert).not.toBe(first.api.cert);
    expect(later.databaseClient.cert).not.toBe(first.databaseClient.cert);
  });

  it.each([
    ['ca.key', 'rubbish', 'the authority'],
    ['tls.crt', 'rubbish', 'the certificate'],
  ])('replaces %s when it is %s, so that %s is whole again', async (file, rubbish) => {
    const drawer = new Drawer();
    await prepareCertificates(drawer, 'docksnap', startMs);
    drawer.drawers.set('docksnap-api-tls', { ...drawer.drawers.get('docksnap-api-tls'), [file]: rubbish });
    const { ca, api } = await prepareCertificates(drawer, 'docksnap', startMs);
    expect(new X509Certificate(api.cert).verify(new X509Certificate(ca).publicKey)).toBe(true);
    const database = new X509Certificate(drawer.entry('docksnap-database-tls', 'tls.crt'));
    expect(database.verify(new X509Certificate(ca).publicKey)).toBe(true);
    expect(drawer.entry('docksnap-database-client-tls', 'ca.crt')).toBe(ca);
  });

  it('makes new ones when the release moves to another namespace', async () => {
    const drawer = new Drawer();
    const first = await prepareCertificates(drawer, 'docksnap', startMs);
    const moved = await prepareCertificates(drawer, 'elsewhere', startMs);
    expect(moved.ca).toBe(first.ca);
    expect(new X509Certificate(moved.api.cert).checkHost('docksnap-api.elsewhere')).toBeDefined();
  });
});
