import type { Machine, NewMachine } from '@docksnap/contract';
import { Injectable, Logger } from '@nestjs/common';
import type { Principal } from '../access/principal.ts';
import { Clock } from '../clock.ts';
import { Problem } from '../problem/problem.ts';
import type { MachineDocument } from './machine-documents.ts';
import { MachineRegister } from './machine-register.ts';

/** Lets machines in, lists and removes them, and writes down who did. */
@Injectable()
export class Machines {
  private readonly log = new Logger('Machines');

  constructor(
    private readonly register: MachineRegister,
    private readonly clock: Clock,
  ) {}

  /**
   * The machine that a join token makes of this key. The same key again, whose answer was lost, gets the same answer;
   * another key is refused with 401, for the token was used.
   */
  async join({ tokenId, invitedBy }: Extract<Principal, { kind: 'joiner' }>, asked: NewMachine): Promise<Machine> {
    const before = await this.register.machines.find(tokenId);
    if (before !== undefined) return again(before, asked);
    const name = await this.register.claimName(asked.name, tokenId);
    const machine: MachineDocument = {
      _id: tokenId,
      name,
      publicKey: asked.publicKey,
      joinedAtMs: this.clock.nowMs(),
      invitedBy,
    };
    if (!(await this.register.machines.insert(machine))) {
      const winner = await this.register.machines.find(tokenId);
      return again(winner, asked);
    }
    this.log.log({ machine: tokenId, name, invitedBy }, 'joined');
    return shown(machine);
  }

  async list(): Promise<readonly Machine[]> {
    const machines = (await this.register.machines.all()).map(shown);
    return machines.sort((one, other) => (one.name < other.name ? -1 : Number(one.name > other.name)));
  }

  /** From now on it is refused everywhere. Rejects with 404 for one that is not there. */
  async remove(by: string, id: string): Promise<void> {
    const machine = await this.register.machines.find(id);
    if (machine === undefined) {
      throw new Problem(404, 'not_found', `there is no machine ${id}; see GET /api/v1/machines`);
    }
    await this.register.remove(machine);
    this.log.log({ machine: id, name: machine.name, by }, 'removed');
  }
}

function again(machine: MachineDocument | undefined, { publicKey }: NewMachine): Machine {
  if (machine?.publicKey === publicKey) return shown(machine);
  throw new Problem(401, 'unauthenticated', 'the join token was used by another machine; make a new one');
}

function shown({ _id, name, joinedAtMs, invitedBy }: MachineDocument): Machine {
  return { id: _id, name, joinedAtMs, invitedBy };
}
