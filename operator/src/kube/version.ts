import * as z from 'zod';
import type { KubeConnection } from './connection.ts';

const answer = z.object({ major: z.string(), minor: z.string(), gitVersion: z.string() });

/** The Kubernetes that the API server says it is. */
export interface KubernetesVersion {
  readonly minor: number;
  /** Such as v1.37.2. */
  readonly name: string;
}

/** The lowest minor version of Kubernetes 1 whose kubelets honour the fine-grained rights that agents have. */
export const lowestMinor = 33;

/** Asks the API server (https://kubernetes.io/docs/reference/using-api/health-checks/). @throws KubeError */
export async function readVersion(connection: KubeConnection): Promise<KubernetesVersion> {
  const { minor, gitVersion } = answer.parse(await connection.request('GET', '/version'));
  // Some distributions write 33+.
  return { minor: Number.parseInt(minor, 10), name: gitVersion };
}
