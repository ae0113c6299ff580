import * as z from 'zod';
import type { KubeConnection } from './connection.ts';
import { paths } from './paths.ts';

const most = 20;

const eventsSchema = z.object({
  items: z.array(
    z.object({
      note: z.string().default(''),
      reason: z.string().default(''),
      metadata: z.object({ creationTimestamp: z.string() }),
      series: z.object({ lastObservedTime: z.string() }).nullish(),
      deprecatedLastTimestamp: z.string().nullish(),
    }),
  ),
});

/** What events of others are about. */
export interface Regarding {
  readonly namespace: string;
  readonly kind: 'DaemonSet' | 'Pod';
  readonly name: string;
}

/** Reads what controllers and kubelets say of an object, for what no status of it tells. */
export class EventReader {
  readonly #connection: KubeConnection;

  constructor(connection: KubeConnection) {
    this.#connection = connection;
  }

  /** The newest note with this reason; undefined when there is none. @throws KubeError */
  async newest({ namespace, kind, name }: Regarding, reason: string): Promise<string | undefined> {
    const fieldSelector = `regarding.kind=${kind},regarding.name=${name},reason=${reason}`;
    const found = await this.#connection.request('GET', paths.events(namespace), {
      query: { fieldSelector, limit: most },
    });
    const { items } = eventsSchema.parse(found);
    const [newest] = items.toSorted((a, b) => (timeOf(a) > timeOf(b) ? -1 : 1));
    return newest?.note;
  }
}

function timeOf({ series, deprecatedLastTimestamp, metadata }: z.infer<typeof eventsSchema>['items'][number]): string {
  return series?.lastObservedTime ?? deprecatedLastTimestamp ?? metadata.creationTimestamp;
}
