import {
  ApiException,
  AuthenticationV1Api,
  CoreV1Api,
  PatchStrategy,
  setHeaderOptions,
  type V1Node,
  type V1TokenReviewStatus,
  Watch,
} from '@kubernetes/client-node';
import { type Entries, Kube, KubeUnavailableError } from './kube.ts';
import { SharedConnection } from './shared-connection.ts';

const mergePatch = setHeaderOptions('Content-Type', PatchStrategy.MergePatch);

/** How long one watch goes on. */
const watchSeconds = 300;

/** The kube-apiserver of the cluster that this process runs in, or of the KUBECONFIG that it was given. */
export class KubeClient extends Kube {
  private readonly connection = new SharedConnection();
  private readonly core: CoreV1Api;
  private readonly authentication: AuthenticationV1Api;

  /** `namespace`: the release's own, where its Secrets are. */
  constructor(private readonly namespace: string) {
    super();
    this.connection.loadFromDefault();
    this.core = this.connection.makeApiClient(CoreV1Api);
    this.authentication = this.connection.makeApiClient(AuthenticationV1Api);
  }

  override async clusterUid(): Promise<string> {
    const namespace = await this.ask('name the cluster', () => this.core.readNamespace({ name: 'kube-system' }));
    return namespace.metadata?.uid ?? '';
  }

  override async reviewToken(token: string, audience: string): Promise<V1TokenReviewStatus> {
    const body = { spec: { token, audiences: [audience] } };
    const review = await this.ask('review a token', () => this.authentication.createTokenReview({ body }));
    return review.status ?? { authenticated: false };
  }

  override async secret(name: string): Promise<Entries | undefined> {
    const secret = await this.find(() => this.core.readNamespacedSecret({ name, namespace: this.namespace }));
    if (secret === undefined) return undefined;
    const decode = (text: string): string => Buffer.from(text, 'base64').toString('utf8');
    return entriesOf(secret.metadata?.resourceVersion, secret.data, decode);
  }

  override fillSecret(
    name: string,
    resourceVersion: string,
    entries: Readonly<Record<string, string>>,
  ): Promise<boolean> {
    const body = { metadata: { resourceVersion }, stringData: entries };
    return this.patched(() => this.core.patchNamespacedSecret({ name, namespace: this.namespace, body }, mergePatch));
  }

  override async configMap(namespace: string, name: string): Promise<Entries | undefined> {
    const found = await this.find(() => this.core.readNamespacedConfigMap({ name, namespace }));
    return found === undefined ? undefined : entriesOf(found.metadata?.resourceVersion, found.data, (text) => text);
  }

  override fillConfigMap(
    at: { readonly namespace: string; readonly name: string },
    resourceVersion: string,
    entries: Readonly<Record<string, string>>,
  ): Promise<boolean> {
    const body = { metadata: { resourceVersion }, data: entries };
    return this.patched(() => this.core.patchNamespacedConfigMap({ ...at, body }, mergePatch));
  }

  override async nodes(): Promise<readonly V1Node[]> {
    return (await this.ask('list the nodes', () => this.core.listNode())).items;
  }

  override async watchEvents(
    resourceVersion: string | undefined,
    signal: AbortSignal,
    take: (type: string, json: unknown) => void,
  ): Promise<void> {
    const query = { resourceVersion, allowWatchBookmarks: true, timeoutSeconds: watchSeconds };
    await new Promise<void>((resolve, reject) => {
      const done = (error: unknown): void => {
        if (error === null || error === undefined || isIdle(error)) resolve();
        else reject(error instanceof Error ? error : new KubeUnavailableError('a watch of events ended with an error'));
      };
      new Watch(this.connection)
        .watch('/apis/events.k8s.io/v1/events', query, take, done)
        .then((watch) => {
          const abort = (): void => {
            watch.abort();
            resolve();
          };
          if (signal.aborted) abort();
          else signal.addEventListener('abort', abort, { once: true });
        })
        .catch(reject);
    });
  }

  private async find<T>(read: () => Promise<T>): Promise<T | undefined> {
    try {
      return await this.ask('read an object', read);
    } catch (error) {
      if (error instanceof ApiException && error.code === 404) return undefined;
      throw error;
    }
  }

  /** False when the object has changed since it was read. */
  private async patched(patch: () => Promise<unknown>): Promise<boolean> {
    try {
      await this.ask('change an object', patch);
      return true;
    } catch (error) {
      if (error instanceof ApiException && error.code === 409) return false;
      throw error;
    }
  }

  private async ask<T>(what: string, call: () => Promise<T>): Promise<T> {
    try {
      return await call();
    } catch (error) {
      if (error instanceof ApiException && error.code < 500 && error.code !== 429) throw error;
      this.connection.reconnect();
      throw new KubeUnavailableError(`the kube-apiserver did not ${what}; try again`, { cause: error });
    }
  }
}

function entriesOf(
  resourceVersion: string | undefined,
  texts: Readonly<Record<string, string>> | undefined,
  decode: (text: string) => string,
): Entries {
  const entries = Object.fromEntries(Object.entries(texts ?? {}).map(([name, text]) => [name, decode(text)]));
  return { resourceVersion: resourceVersion ?? '', entries };
}

/** The client ends a watch in which nothing came for 30 s. */
function isIdle(error: unknown): boolean {
  return error instanceof DOMException && error.name === 'TimeoutError';
}
