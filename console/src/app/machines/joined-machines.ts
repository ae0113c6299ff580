import { HttpClient } from '@angular/common/http';
import { inject, Service } from '@angular/core';
import { type MadeJoinToken, madeJoinTokenSchema } from '@docksnap/contract';
import { firstValueFrom } from 'rxjs';
import { requestTimeoutMs } from '../api/api-resource.ts';
import { answerParser } from '../api/unexpected-answer.ts';

const parseMade = answerParser(madeJoinTokenSchema);
const path = '/api/v1/machines';

/** What is done to machines outside Kubernetes. Each throws the API's refusal. */
@Service()
export class JoinedMachines {
  readonly #http = inject(HttpClient);

  /** The one answer that holds the token. */
  async invite(): Promise<MadeJoinToken> {
    const answer = this.#http.post(`${path}/join-tokens`, {}, { timeout: requestTimeoutMs });
    return parseMade(await firstValueFrom(answer));
  }

  async remove(id: string): Promise<void> {
    await firstValueFrom(this.#http.delete(`${path}/${encodeURIComponent(id)}`, { timeout: requestTimeoutMs }));
  }
}
