import type { MadeJoinToken } from '@docksnap/contract';

/** Stands where nobody told the API by which address other machines reach it. */
export const unknownAddress = 'https://ADDRESS-OF-THIS-API';

/** What to run on the machine that is to join. @param origin of this page: good for others where it is https */
export function joinLine({ token, url, caCertHash }: MadeJoinToken, origin: string): string {
  const address = url ?? (origin.startsWith('https:') ? origin : unknownAddress);
  const hash = caCertHash === null ? '' : ` --ca-cert-hash ${caCertHash}`;
  return `node docksnap-agent.mjs join ${address} --token ${token}${hash}`;
}
