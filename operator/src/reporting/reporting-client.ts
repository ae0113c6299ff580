import type { ApiConnection } from '../api/api-connection.ts';
import { wordsOf } from '../api/api-connection.ts';
import type { ReportingAnswer, UnknownReporting } from './reporting.ts';
import { reportingSchema } from './reporting.ts';

/** Asks the API when each node last reported. */
export class ReportingClient {
  readonly #api: ApiConnection;

  constructor(api: ApiConnection) {
    this.#api = api;
  }

  /** Never rejects: what went wrong is an answer too. */
  async ask(): Promise<ReportingAnswer | UnknownReporting> {
    const { url } = this.#api;
    try {
      const { statusCode, text } = await this.#api.request('GET', '/api/v1/reporting');
      if (statusCode === 401 || statusCode === 403) {
        const message = `the API at ${url} refused the operator's token with ${statusCode}; see whether both are of the same release`;
        return { kind: 'unknown', reason: 'CredentialsRejected', message };
      }
      if (statusCode !== 200) throw new Error(`it answered ${statusCode}`);
      return reportingSchema.parse(JSON.parse(text));
    } catch (error) {
      const message = `the API at ${url} could not be asked for the nodes' reports (${wordsOf(error)}); see that its pod runs`;
      return { kind: 'unknown', reason: 'DestinationUnreachable', message };
    }
  }
}
