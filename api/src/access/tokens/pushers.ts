import { Injectable } from '@nestjs/common';
import { isMachineToken, MachineTokens } from '../../machines/machine-tokens.ts';
import type { Principal } from '../principal.ts';
import { AgentTokens } from './tokens.ts';

/** Whoever may push: agents of pods, whose tokens Kubernetes reviews, and machines, which sign their own. */
@Injectable()
export class Pushers {
  constructor(
    private readonly agents: AgentTokens,
    private readonly machines: MachineTokens,
  ) {}

  async authenticate(bearer: string, address: string): Promise<Principal> {
    return isMachineToken(bearer) ? this.machines.authenticate(bearer, address) : this.agents.authenticate(bearer);
  }
}
