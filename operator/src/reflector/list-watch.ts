import * as z from 'zod';
import type { KubeConnection, Query } from '../kube/connection.ts';
import { KubeError } from '../kube/kube-error.ts';

/** Long lists come in pages, so that no answer is large. */
const pageItems = 500;
const watchSeconds = 300;

const listSchema = z.object({
  metadata: z.object({ resourceVersion: z.string().default(''), continue: z.string().default('') }),
  items: z.array(z.unknown()),
});
const bookmark = z.object({ metadata: z.object({ resourceVersion: z.string() }) });
const failure = z.object({
  code: z.number().optional(),
  reason: z.string().default(''),
  message: z.string().default(''),
});
const eventSchema = z.object({
  type: z.enum(['ADDED', 'MODIFIED', 'DELETED', 'BOOKMARK', 'ERROR']),
  object: z.unknown(),
});

/** One change of the watched collection, and the version at which it is complete. */
export interface Change {
  readonly type: 'changed' | 'deleted' | 'bookmark';
  readonly object: unknown;
  readonly resourceVersion: string;
}

export interface Listed {
  readonly items: readonly unknown[];
  readonly resourceVersion: string;
}

/** Lists and watches one collection. */
export class ListWatch {
  readonly #connection: KubeConnection;
  readonly #path: string;
  readonly #query: Query;

  /**
   * @param path the collection's, such as /api/v1/nodes
   * @param query which of it: labelSelector
   */
  constructor(connection: KubeConnection, path: string, query: Query) {
    this.#connection = connection;
    this.#path = path;
    this.#query = query;
  }

  /** All of the collection, page by page. @throws KubeError; code 410 when a page came too late: list anew */
  async list(): Promise<Listed> {
    const items: unknown[] = [];
    let next: string | undefined;
    for (;;) {
      const query = { ...this.#query, limit: pageItems, continue: next };
      const page = listSchema.parse(await this.#connection.list(this.#path, query));
      items.push(...page.items);
      if (page.metadata.continue === '') return { items, resourceVersion: page.metadata.resourceVersion };
      next = page.metadata.continue;
    }
  }

  /**
   * The changes since a version, until the server ends the watch, which it does within minutes.
   * @param alive called for whatever arrives
   * @throws KubeError; code 410 when the version is too old: list anew
   */
  async *watch(resourceVersion: string, signal: AbortSignal, alive: () => void): AsyncGenerator<Change> {
    const query = {
      ...this.#query,
      watch: true,
      allowWatchBookmarks: true,
      resourceVersion,
      timeoutSeconds: watchSeconds,
    };
    for await (const line of this.#connection.lines(this.#path, query, signal, alive)) {
      if (line.trim() !== '') yield changeOf(line, this.#path);
    }
  }
}

function changeOf(line: string, path: string): Change {
  const { type, object } = eventSchema.parse(JSON.parse(line));
  if (type === 'ERROR') {
    const { code, reason, message } = failure.parse(object);
    throw new KubeError(`watch of ${path}: ${message}`, code, reason);
  }
  const { resourceVersion } = bookmark.parse(object).metadata;
  if (type === 'BOOKMARK') return { type: 'bookmark', object, resourceVersion };
  return { type: type === 'DELETED' ? 'deleted' : 'changed', object, resourceVersion };
}
