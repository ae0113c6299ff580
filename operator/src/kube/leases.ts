import type { Lease, LeaseSpec } from '../leader/lease.ts';
import { leaseSchema } from '../leader/lease.ts';
import type { KubeConnection } from './connection.ts';
import { isRefusal } from './kube-error.ts';

interface Place {
  readonly namespace: string;
  readonly name: string;
}

/** One Lease, written only where nobody else was faster. */
export class LeaseObject {
  readonly #connection: KubeConnection;
  readonly #place: Place;
  readonly #folder: string;

  constructor(connection: KubeConnection, { namespace, name }: Place) {
    this.#connection = connection;
    this.#place = { namespace, name };
    this.#folder = `/apis/coordination.k8s.io/v1/namespaces/${namespace}/leases`;
  }

  /** @returns undefined when there is none */
  async read(): Promise<Lease | undefined> {
    try {
      return leaseSchema.parse(await this.#connection.request('GET', `${this.#folder}/${this.#place.name}`));
    } catch (error) {
      if (isRefusal(error, 404)) return undefined;
      throw error;
    }
  }

  /** Makes it, or changes the one that was read. @returns undefined when somebody else was faster */
  async write(spec: LeaseSpec, before: Lease | undefined): Promise<Lease | undefined> {
    try {
      return leaseSchema.parse(await this.#put(spec, before));
    } catch (error) {
      if (isRefusal(error, 409)) return undefined;
      throw error;
    }
  }

  #put(spec: LeaseSpec, before: Lease | undefined): Promise<unknown> {
    const type = { apiVersion: 'coordination.k8s.io/v1', kind: 'Lease' };
    if (before === undefined) {
      return this.#connection.request('POST', this.#folder, { body: { ...type, metadata: this.#place, spec } });
    }
    const body = { ...type, metadata: before.metadata, spec };
    return this.#connection.request('PUT', `${this.#folder}/${this.#place.name}`, { body });
  }
}
