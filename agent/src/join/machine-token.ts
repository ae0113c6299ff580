import { sign } from 'node:crypto';
import { machineTokens } from '@docksnap/contract';
import type { Machine } from './machine.ts';

/**
 * What a machine shows with each push: a JWT (RFC 7519) signed with its key by EdDSA (RFC 8037), good for a minute.
 * @param nowMs the API's clock, which is what it will be judged by
 */
export function machineToken({ id, key }: Pick<Machine, 'id' | 'key'>, nowMs: number): string {
  const { algorithm, audience, lifetimeSeconds, type } = machineTokens;
  const iat = Math.floor(nowMs / 1000);
  const said = [
    { alg: algorithm, typ: type, kid: id },
    { iss: id, aud: audience, iat, exp: iat + lifetimeSeconds },
  ];
  const content = said.map((part) => Buffer.from(JSON.stringify(part)).toString('base64url')).join('.');
  return `${content}.${sign(null, Buffer.from(content), key).toString('base64url')}`;
}
