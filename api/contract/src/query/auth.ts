import * as z from 'zod';

export const loginSchema = z
  .strictObject({ username: z.string().min(1).max(256), password: z.string().min(1).max(1024) })
  .meta({ id: 'Login' });
export type Login = z.infer<typeof loginSchema>;

/** Characters of a password that somebody chooses, at least: NIST SP 800-63B asks for 8, and for 15 where it is alone. */
export const shortestPassword = 12;

export const passwordChangeSchema = z
  .strictObject({ current: z.string().min(1).max(1024), password: z.string().min(shortestPassword).max(1024) })
  .refine(({ current, password }) => current !== password, {
    message: 'the new password is the current one; choose another',
    path: ['password'],
  })
  .meta({ id: 'PasswordChange' });
export type PasswordChange = z.infer<typeof passwordChangeSchema>;

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
