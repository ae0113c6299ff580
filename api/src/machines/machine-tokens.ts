import { machineTokens } from '@docksnap/contract';
import { Injectable } from '@nestjs/common';
import { decodeProtectedHeader, errors, importJWK, type JWTPayload, jwtVerify } from 'jose';
import type { Principal } from '../access/principal.ts';
import { RefusedTokens } from '../access/read-tokens/refused-tokens.ts';
import { Clock } from '../clock.ts';
import { Problem } from '../problem/problem.ts';
import type { MachineDocument } from './machine-documents.ts';
import { MachineRegister } from './machine-register.ts';

/** In which cluster's place machines stand that are nodes of none. */
export const machinesCluster = 'machines';

const { algorithm, audience, type, lifetimeSeconds, toleranceSeconds } = machineTokens;

/** Whether a bearer token says of itself that a machine signed it: Kubernetes is not asked about it. */
export function isMachineToken(bearer: string): boolean {
  try {
    return decodeProtectedHeader(bearer).typ === type;
  } catch {
    // No JWT at all: somebody else's to judge.
    return false;
  }
}

/**
 * Tokens that machines sign with their own keys (RFC 8037 EdDSA over Ed25519). The machine is read from the database
 * each time: once it is removed, its next push is refused, by every replica.
 */
@Injectable()
export class MachineTokens {
  private readonly refused: RefusedTokens;
  /** Machines whose token was good lately: the limit on bad ones from their address is not theirs. */
  private readonly admitted = new Set<string>();

  constructor(
    private readonly register: MachineRegister,
    private readonly clock: Clock,
  ) {
    this.refused = new RefusedTokens(clock);
  }

  /** Rejects with 401 for a token that is not good, 429 after too many of these from one address. */
  async authenticate(bearer: string, address: string): Promise<Extract<Principal, { kind: 'agent' }>> {
    const id = decodeProtectedHeader(bearer).kid ?? '';
    if (!this.admitted.has(id)) this.slowDown(address);
    const machine = /^[0-9a-f]{16}$/.test(id) ? await this.register.machines.find(id) : undefined;
    if (machine === undefined)
      throw this.refusal(id, address, 'this machine is not known: it was removed, or never joined');
    await this.verify(bearer, machine, address);
    this.admitted.add(id);
    return { kind: 'agent', nodeName: machine.name, nodeUid: id, podUid: '', cluster: machinesCluster };
  }

  private async verify(bearer: string, { _id, publicKey }: MachineDocument, address: string): Promise<void> {
    const key = await importJWK({ kty: 'OKP', crv: 'Ed25519', x: publicKey }, algorithm);
    try {
      const { payload } = await jwtVerify(bearer, key, {
        algorithms: [algorithm],
        typ: type,
        audience,
        issuer: _id,
        requiredClaims: ['iat', 'exp'],
        maxTokenAge: lifetimeSeconds,
        clockTolerance: toleranceSeconds,
        currentDate: new Date(this.clock.nowMs()),
      });
      if (lifetimeOf(payload) > lifetimeSeconds)
        throw new errors.JWTClaimValidationFailed('it lives too long', payload);
    } catch (error) {
      if (!(error instanceof errors.JOSEError)) throw error;
      throw this.refusal(_id, address, `the machine's token is not good: ${error.message}`);
    }
  }

  private slowDown(address: string): void {
    const retryAfterSeconds = this.refused.waitSeconds(address);
    if (retryAfterSeconds === 0) return;
    const message = `too many machines' tokens from this address were not good; wait ${retryAfterSeconds} s and try again`;
    throw new Problem(429, 'too_many_requests', message, { retryAfterSeconds });
  }

  private refusal(id: string, address: string, message: string): Problem {
    this.admitted.delete(id);
    this.refused.count('wrong', address);
    return new Problem(401, 'unauthenticated', `${message}; join it again with a new token`);
  }
}

function lifetimeOf({ iat = 0, exp = Infinity }: JWTPayload): number {
  return exp - iat;
}
