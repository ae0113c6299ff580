import * as z from 'zod';

export const loginSchema = z
  .strictObject({ username: z.string().min(1).max(256), password: z.string().min(1).max(1024) })
  .meta({ id: 'Login' });
export type Login = z.infer<typeof loginSchema>;

/** What a person may see: everything, or these namespaces alone. */
export const scopeSchema = z
  .discriminatedUnion('kind', [
    z.object({ kind: z.literal('all') }),
    z.object({ kind: z.literal('namespaces'), namespaces: z.array(z.string()) }),
  ])
  .meta({ id: 'Scope' });
export type Scope = z.infer<typeof scopeSchema>;

export const meSchema = z.object({ username: z.string(), scope: scopeSchema }).meta({ id: 'Me' });
export type Me = z.infer<typeof meSchema>;
