import { CoreV1Api, CustomObjectsApi, KubeConfig, PatchStrategy, setHeaderOptions } from '@kubernetes/client-node';
import * as z from 'zod';

/** The cluster of KUBECONFIG, seen by an admin: what a test does there, and not by the operator's own code. */
export const kubeConfig = new KubeConfig();
kubeConfig.loadFromDefault();

/** A namespace for one spec file, which is removed with all that is in it. */
export class TestNamespace {
  readonly name: string;

  private constructor(name: string) {
    this.name = name;
  }

  static async make(purpose: string): Promise<TestNamespace> {
    const name = `operator-test-${purpose}-${Math.random().toString(36).slice(2, 8)}`;
    await kubeConfig.makeApiClient(CoreV1Api).createNamespace({ body: { metadata: { name } } });
    return new TestNamespace(name);
  }

  async remove(): Promise<void> {
    await kubeConfig.makeApiClient(CoreV1Api).deleteNamespace({ name: this.name });
  }

  /** Creates or replaces a monitor as `kubectl apply` would, with the field manager `kubectl`. @returns what is kept. */
  async monitor(name: string, spec: unknown, dryRun = false): Promise<unknown> {
    const body = { ...monitorHeader, metadata: { name, namespace: this.name }, ...(spec !== undefined && { spec }) };
    const answer: unknown = await kubeConfig.makeApiClient(CustomObjectsApi).createNamespacedCustomObject({
      ...monitors,
      namespace: this.name,
      body,
      fieldValidation: 'Strict',
      ...(dryRun && { dryRun: 'All' }),
    });
    return answer;
  }

  /** Changes a monitor's spec as `kubectl patch --type=merge` would. @returns what is kept. */
  async patchMonitor(name: string, spec: unknown): Promise<unknown> {
    const answer: unknown = await kubeConfig
      .makeApiClient(CustomObjectsApi)
      .patchNamespacedCustomObject(
        { ...monitors, namespace: this.name, name, body: { spec } },
        setHeaderOptions('Content-Type', PatchStrategy.MergePatch),
      );
    return answer;
  }

  async deleteMonitor(name: string): Promise<void> {
    await kubeConfig
      .makeApiClient(CustomObjectsApi)
      .deleteNamespacedCustomObject({ ...monitors, namespace: this.name, name });
  }

  async statusOf(name: string): Promise<z.infer<typeof statusSchema>> {
    return (await this.#kept(name)).status;
  }

  async versionOf(name: string): Promise<string> {
    return (await this.#kept(name)).metadata.resourceVersion;
  }

  async #kept(name: string): Promise<z.infer<typeof keptSchema>> {
    const api = kubeConfig.makeApiClient(CustomObjectsApi);
    return keptSchema.parse(await api.getNamespacedCustomObject({ ...monitors, namespace: this.name, name }));
  }
}

const conditionSchema = z.object({ type: z.string(), status: z.string(), reason: z.string(), message: z.string() });
const statusSchema = z.object({
  observedGeneration: z.number().optional(),
  daemonSetName: z.string().optional(),
  version: z.string().optional(),
  unhealthyNodes: z.array(z.object({ name: z.string(), reason: z.string(), message: z.string() })).optional(),
  nodes: z.record(z.string(), z.number()).optional(),
  conditions: z.array(conditionSchema).optional(),
});
const keptSchema = z.object({
  metadata: z.object({ resourceVersion: z.string() }),
  status: statusSchema.default({}),
});

const monitors = { group: 'docksnap.io', version: 'v1', plural: 'docksnapmonitors' } as const;
const monitorHeader = { apiVersion: 'docksnap.io/v1', kind: 'DockSnapMonitor' } as const;

const refusal = z.object({ body: z.string().transform((text): unknown => JSON.parse(text)) });
const words = z.object({ message: z.string() });

/** What the API server says when it refuses. @throws Error if it does not refuse. */
export async function refusalOf(request: Promise<unknown>): Promise<string> {
  const error = await request.then(
    () => undefined,
    (reason: unknown) => reason,
  );
  if (error === undefined) throw new Error('the API server accepted it');
  return words.parse(refusal.parse(error).body).message;
}
