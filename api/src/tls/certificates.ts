import type { Vault, VaultEntries } from '../vault/vault.ts';
import { type Identity, issue, makeAuthority, type Purpose } from './certificate-maker.ts';
import { apiServer, databaseClient, databaseServer } from './purposes.ts';
import { isGoodAuthority, isGoodLeaf } from './still-good.ts';

/** What the API needs to serve https and to be known to the database. */
export interface Certificates {
  /** Of the authority that signed all others, PEM. */
  readonly ca: string;
  readonly api: Identity;
  /** PEM of the authority that machines must be told of to believe `api`; null when every machine knows it. */
  readonly apiAuthority: string | null;
  readonly databaseClient: Identity;
}

/** The entries of a Secret that hold a certificate and its key. */
interface Place {
  readonly cert: string;
  readonly key: string;
}

const served: Place = { cert: 'tls.crt', key: 'tls.key' };
const shown: Place = { cert: 'client.crt', key: 'client.key' };
const signing: Place = { cert: 'ca.crt', key: 'ca.key' };

/**
 * The release's certificates: those kept in the vault, after making what is missing, foreign or near its end. The
 * authority's key stays in the API's own Secret; the database gets its certificate in another.
 */
export async function prepareCertificates(vault: Vault, namespace: string, nowMs: number): Promise<Certificates> {
  const kept = await vault.keep('docksnap-api-tls', async (present) => {
    const found = at(present, signing);
    if (isGoodAuthority(found, nowMs)) return missing(present, served, found, apiServer(namespace), nowMs);
    const authority = await makeAuthority(nowMs);
    const added = await missing(present, served, authority, apiServer(namespace), nowMs);
    return { ...added, ...entries(authority, signing) };
  });
  const authority = whole(kept, signing);
  await vault.keep('docksnap-database-tls', (present) =>
    withAuthority(present, served, authority, databaseServer(namespace), nowMs),
  );
  const client = await vault.keep('docksnap-database-client-tls', (present) =>
    withAuthority(present, shown, authority, databaseClient, nowMs),
  );
  return {
    ca: authority.cert,
    api: whole(kept, served),
    apiAuthority: authority.cert,
    databaseClient: whole(client, shown),
  };
}

/** What a Secret lacks that holds a certificate beside its authority's. */
async function withAuthority(
  present: VaultEntries,
  place: Place,
  authority: Identity,
  purpose: Purpose,
  nowMs: number,
): Promise<VaultEntries> {
  const added = await missing(present, place, authority, purpose, nowMs);
  return present['ca.crt'] === authority.cert ? added : { ...added, 'ca.crt': authority.cert };
}

async function missing(
  present: VaultEntries,
  place: Place,
  authority: Identity,
  purpose: Purpose,
  nowMs: number,
): Promise<VaultEntries> {
  if (isGoodLeaf(at(present, place), authority, purpose, nowMs)) return {};
  return entries(await issue(authority, purpose, nowMs), place);
}

function at(present: VaultEntries, place: Place): { cert: string | undefined; key: string | undefined } {
  return { cert: present[place.cert], key: present[place.key] };
}

function entries(identity: Identity, place: Place): VaultEntries {
  return { [place.cert]: identity.cert, [place.key]: identity.key };
}

function whole(present: VaultEntries, place: Place): Identity {
  const { cert, key } = at(present, place);
  if (cert === undefined || key === undefined) throw new Error(`BUG: ${place.cert} was not kept`);
  return { cert, key };
}
