import { Injectable } from '@nestjs/common';
import type { FastifyRequest } from 'fastify';
import { JoinTokens } from '../machines/join-tokens.ts';
import { isMachineToken, MachineTokens } from '../machines/machine-tokens.ts';
import { bearerOrRefuse, reviewable } from './bearer.ts';
import type { Principal } from './principal.ts';
import { AgentTokens, OperatorTokens } from './tokens/tokens.ts';

/** Tells which program of ours a request comes from, by its bearer token. Each rejects with 401 for any other. */
@Injectable()
export class Programs {
  constructor(
    private readonly agents: AgentTokens,
    private readonly machines: MachineTokens,
    private readonly joins: JoinTokens,
    private readonly operators: OperatorTokens,
  ) {}

  /** Whoever may push: agents of pods, whose tokens Kubernetes reviews, and machines, which sign their own. */
  async pusher(request: FastifyRequest): Promise<Principal> {
    const bearer = reviewable(request);
    return isMachineToken(bearer) ? this.machines.authenticate(bearer, request.ip) : this.agents.authenticate(bearer);
  }

  async joiner(request: FastifyRequest): Promise<Principal> {
    return this.joins.authenticate(bearerOrRefuse(request), request.ip);
  }

  async operator(request: FastifyRequest): Promise<Principal> {
    return this.operators.authenticate(reviewable(request));
  }
}
