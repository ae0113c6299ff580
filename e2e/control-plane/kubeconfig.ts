import * as z from 'zod';

const schema = z.object({
  clusters: z.tuple([z.object({ cluster: z.object({ 'certificate-authority-data': z.base64() }) })]),
  users: z.tuple([
    z.object({ user: z.object({ 'client-certificate-data': z.base64(), 'client-key-data': z.base64() }) }),
  ]),
});

/** The credentials in a kubeconfig of ours, as PEM texts for a TLS client. */
export function credentialsIn(kubeconfig: string): { ca: string; cert: string; key: string } {
  const { clusters, users } = schema.parse(JSON.parse(kubeconfig));
  const text = (base64: string): string => Buffer.from(base64, 'base64').toString();
  const { user } = users[0];
  return {
    ca: text(clusters[0].cluster['certificate-authority-data']),
    cert: text(user['client-certificate-data']),
    key: text(user['client-key-data']),
  };
}
