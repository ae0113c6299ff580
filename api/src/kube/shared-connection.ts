import { KubeConfig, type RequestContext } from '@kubernetes/client-node';

/** How long one request may take, in ms. */
const requestMs = 5000;

type Dispatcher = NonNullable<ReturnType<RequestContext['getDispatcher']>>;

/**
 * The client makes a pool of connections per request and leaves it open; this configuration gives all requests the
 * first one, and bounds each in time.
 */
export class SharedConnection extends KubeConfig {
  private shared: Dispatcher | undefined;

  override async applySecurityAuthentication(context: RequestContext): Promise<void> {
    await super.applySecurityAuthentication(context);
    this.shared ??= context.getDispatcher();
    if (this.shared !== undefined) context.setDispatcher(this.shared);
    if (context.getSignal() === undefined) context.setSignal(AbortSignal.timeout(requestMs));
  }

  /** Makes the next request connect anew: after a failure, for the cluster's CA may have changed. */
  reconnect(): void {
    void this.shared?.close();
    this.shared = undefined;
  }
}
