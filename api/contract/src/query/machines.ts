import * as z from 'zod';
import { limits } from '../limits.ts';

const millis = z.int().min(0);
const machineName = z
  .string()
  .min(1)
  .max(253)
  .regex(/^[A-Za-z0-9]([-.\w]*[A-Za-z0-9])?$/, 'a host name: letters, digits, hyphens and dots');

/** What the token that a machine's agent signs must say: see `machineTokens`. */
export const machineTokens = {
  audience: 'docksnap-ingest',
  /** JWT header `typ`: tells it from a token of Kubernetes before anybody is asked about it. */
  type: 'docksnap-machine+jwt',
  algorithm: 'EdDSA',
  /** From iat to exp. */
  lifetimeSeconds: 60,
  /** How far iat and exp may be off the API's clock; agents follow its Date header. */
  toleranceSeconds: 30,
} as const;

/** `POST /api/v1/machines/join-tokens`: lets one machine join, once. */
export const newJoinTokenSchema = z
  .strictObject({ expiresInMinutes: z.int().min(1).max(limits.joinTokenMinutes).default(limits.joinTokenMinutes) })
  .meta({ id: 'NewJoinToken' });

/** The only answer that holds the token. */
export const madeJoinTokenSchema = z
  .object({
    token: z.string(),
    expiresAtMs: millis,
    /** An https address of this API as its admin named it; null when none was named. */
    url: z.string().nullable(),
    /** `sha256:` and the hex digest of the public key (SPKI, DER) of the authority behind the API's certificate. */
    caCertHash: z.string().nullable(),
  })
  .meta({ id: 'MadeJoinToken' });

/** `POST /api/v1/machines`, with the join token as bearer: a machine asks for its identity. */
export const newMachineSchema = z
  .strictObject({
    name: machineName,
    /** The raw 32 bytes of its Ed25519 public key in base64url (RFC 8037, `x`). */
    publicKey: z.string().regex(/^[\w-]{43}$/, 'the 32 bytes of an Ed25519 public key in base64url'),
  })
  .meta({ id: 'NewMachine' });

export const machineSchema = z
  .object({
    /** 16 hex digits, given by the API. */
    id: z.string(),
    /** The host name that it gave, with a number behind it where another machine has that name. */
    name: z.string(),
    joinedAtMs: millis,
    /** Who made its join token. */
    invitedBy: z.string(),
  })
  .meta({ id: 'Machine' });

export const machineListSchema = z.object({ items: z.array(machineSchema) }).meta({ id: 'MachineList' });

/** `GET /api/v1/machines/authority`: PEM of the authority, to be judged by its hash; null when any browser knows it. */
export const authoritySchema = z.object({ certificate: z.string().nullable() }).meta({ id: 'Authority' });

export type NewJoinToken = z.infer<typeof newJoinTokenSchema>;
export type MadeJoinToken = z.infer<typeof madeJoinTokenSchema>;
export type NewMachine = z.infer<typeof newMachineSchema>;
export type Machine = z.infer<typeof machineSchema>;
export type MachineList = z.infer<typeof machineListSchema>;
export type Authority = z.infer<typeof authoritySchema>;
