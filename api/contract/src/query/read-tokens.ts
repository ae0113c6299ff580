import * as z from 'zod';
import { limits } from '../limits.ts';
import { scopeSchema } from './auth.ts';

const millis = z.int().min(0);
const namespace = z
  .string()
  .max(63)
  .regex(/^[a-z0-9]([-a-z0-9]*[a-z0-9])?$/, 'the name of a namespace');

/** `POST /api/v1/read-tokens`: a token for scripts and Prometheus. */
export const newReadTokenSchema = z
  .strictObject({
    /** What it is for: shown in lists and in the log. */
    name: z
      .string()
      .min(1)
      .max(64)
      .regex(/^[\w.:@/ -]+$/, 'letters, digits, blanks and . : @ / _ -'),
    /** Namespaces that it may read; everything that its maker may see when left out. */
    namespaces: z.array(namespace).min(1).max(limits.namespacesPerReadToken).optional(),
    expiresInDays: z.int().min(1).max(limits.readTokenDays).default(90),
  })
  .meta({ id: 'NewReadToken' });

export const readTokenSchema = z
  .object({
    /** 16 hex digits; the token itself is never shown again. */
    id: z.string(),
    name: z.string(),
    scope: scopeSchema,
    createdBy: z.string(),
    createdAtMs: millis,
    expiresAtMs: millis,
  })
  .meta({ id: 'ReadToken' });

/** The only answer that holds the token. */
export const madeReadTokenSchema = readTokenSchema.extend({ token: z.string() }).meta({ id: 'MadeReadToken' });

export const readTokenListSchema = z.object({ items: z.array(readTokenSchema) }).meta({ id: 'ReadTokenList' });

export type NewReadToken = z.infer<typeof newReadTokenSchema>;
export type ReadToken = z.infer<typeof readTokenSchema>;
export type MadeReadToken = z.infer<typeof madeReadTokenSchema>;
export type ReadTokenList = z.infer<typeof readTokenListSchema>;
