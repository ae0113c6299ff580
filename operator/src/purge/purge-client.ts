import * as z from 'zod';
import type { ApiConnection } from '../api/api-connection.ts';
import { wordsOf } from '../api/api-connection.ts';

/** As many as one request may name (`nodesPerPurge` of the API's limits). */
const mostNodes = 1000;

/** Answers of an API that knows neither the operator nor what it asks for. */
const foreign = [401, 403, 404];

/** The answer of `POST /api/v1/purges`. The operator imports no sibling: what it reads is written down again. */
const answerSchema = z.object({ nodes: z.int(), pending: z.int() });

export interface Asked {
  readonly monitorUid: string;
  readonly nodeUids: readonly string[];
  /** Also the nodes that Kubernetes no longer has. */
  readonly goneNodes: boolean;
}

/** How far it is; or why nobody can say. */
export type Purged = z.infer<typeof answerSchema> | { readonly why: string };

/** Asks the API to remove what is stored of nodes, and how far that is; asking again changes nothing. */
export class PurgeClient {
  readonly #api: ApiConnection;

  constructor(api: ApiConnection) {
    this.#api = api;
  }

  /** Never rejects: what went wrong is an answer too. */
  async ask({ monitorUid, nodeUids, goneNodes }: Asked): Promise<Purged> {
    const { url } = this.#api;
    try {
      let purged = { nodes: 0, pending: 0 };
      for (let next = 0; next === 0 || next < nodeUids.length; next += mostNodes) {
        const body = { monitorUid, nodeUids: nodeUids.slice(next, next + mostNodes), goneNodes };
        const { statusCode, text } = await this.#api.request('POST', '/api/v1/purges', body);
        if (foreign.includes(statusCode)) {
          return {
            why: `the API at ${url} does not take what the operator asks (${statusCode}); see whether both are of the same release`,
          };
        }
        if (statusCode !== 202) throw new Error(`it answered ${statusCode}`);
        purged = answerSchema.parse(JSON.parse(text));
      }
      return purged;
    } catch (error) {
      return {
        why: `the API at ${url} could not be asked to remove samples (${wordsOf(error)}); see that its pod runs`,
      };
    }
  }
}
