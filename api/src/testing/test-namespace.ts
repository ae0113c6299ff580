import { CoreV1Api, KubeConfig, type V1Pod } from '@kubernetes/client-node';

/** A namespace of its own on the cluster that KUBECONFIG names; remove it at the end. */
export class TestNamespace {
  readonly core: CoreV1Api;

  private constructor(readonly name: string) {
    const config = new KubeConfig();
    config.loadFromDefault();
    this.core = config.makeApiClient(CoreV1Api);
  }

  static async make(purpose: string): Promise<TestNamespace> {
    const made = new TestNamespace(`test-${purpose}-${Date.now().toString(36)}`);
    await made.core.createNamespace({ body: { metadata: { name: made.name } } });
    return made;
  }

  async remove(): Promise<void> {
    await this.core.deleteNamespace({ name: this.name });
  }

  async serviceAccount(name: string): Promise<void> {
    await this.core.createNamespacedServiceAccount({ namespace: this.name, body: { metadata: { name } } });
  }

  /** A pod bound to a node, as the scheduler would; whether its image can be had does not matter here. */
  async pod(name: string, serviceAccountName: string, nodeName: string): Promise<V1Pod> {
    const containers = [{ name: 'main', image: 'localhost/none', imagePullPolicy: 'Never' }];
    const body = { metadata: { name }, spec: { serviceAccountName, nodeName, containers } };
    return this.core.createNamespacedPod({ namespace: this.name, body });
  }

  /** A token as the kubelet projects it: of one audience, bound to a pod when one is given. */
  async token(serviceAccount: string, audience: string, pod?: V1Pod): Promise<string> {
    const bound =
      pod?.metadata === undefined
        ? {}
        : {
            boundObjectRef: {
              apiVersion: 'v1',
              kind: 'Pod',
              name: pod.metadata.name ?? '',
              uid: pod.metadata.uid ?? '',
            },
          };
    const made = await this.core.createNamespacedServiceAccountToken({
      name: serviceAccount,
      namespace: this.name,
      body: { spec: { audiences: [audience], expirationSeconds: 600, ...bound } },
    });
    return made.status?.token ?? '';
  }

  async secret(name: string): Promise<void> {
    await this.core.createNamespacedSecret({ namespace: this.name, body: { metadata: { name } } });
  }

  async configMap(name: string): Promise<void> {
    await this.core.createNamespacedConfigMap({ namespace: this.name, body: { metadata: { name } } });
  }
}
