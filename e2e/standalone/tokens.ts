import { readFileSync } from 'node:fs';
import { type MadeJoinToken, madeJoinTokenSchema, madeReadTokenSchema } from '@docksnap/contract';
import { ApiClient } from '../system/support/api-client.ts';
import type { Files } from './state.ts';

const readTokenDays = 30;

/** The admin's session at the stand-alone API. @throws Error when the login is refused */
export async function asAdmin(origin: string, at: Pick<Files, 'password'>): Promise<ApiClient> {
  const client = new ApiClient(origin);
  const status = await client.login('admin', readFileSync(at.password, 'utf8'));
  if (status === 204) return client;
  throw new Error(
    `the login as admin was answered ${status}: was the password of ${at.password} changed in the console? Then tokens are made there`,
  );
}

/** A token with which one machine joins. @throws Error when the API refuses */
export async function invite(admin: ApiClient): Promise<MadeJoinToken> {
  return madeJoinTokenSchema.parse(await made(admin, '/api/v1/machines/join-tokens', {}));
}

/** A token with which `npm run top` reads, good for 30 days. @throws Error when the API refuses */
export async function readToken(admin: ApiClient): Promise<string> {
  const asked = { name: 'standalone', expiresInDays: readTokenDays };
  return madeReadTokenSchema.parse(await made(admin, '/api/v1/read-tokens', asked)).token;
}

/** What to run on the machine that is to join. @param httpsPort of the API, where it does not say its address */
export function joinLine({ token, url, caCertHash }: MadeJoinToken, httpsPort: number): string {
  const hash = caCertHash === null ? '' : ` --ca-cert-hash ${caCertHash}`;
  return `node docksnap-agent.mjs join ${url ?? `https://127.0.0.1:${httpsPort}`} --token ${token}${hash}`;
}

async function made(admin: ApiClient, path: string, body: object): Promise<unknown> {
  const answer = await admin.send('POST', path, body);
  const text = await answer.text();
  if (answer.status !== 201) throw new Error(`POST ${path} was answered ${answer.status}: ${text.slice(0, 500)}`);
  return JSON.parse(text);
}
