import { Injectable } from '@nestjs/common';
import { Collections, type DocumentSet } from '../store/collections.ts';
import type { JoinTokenDocument, MachineDocument, MachineNameDocument } from './machine-documents.ts';

/** Names tried for one machine: more of one name are many clones. */
const mostNamesakes = 1000;

/** Join tokens and machines as the database has them: every replica sees at once what another one wrote. */
@Injectable()
export class MachineRegister {
  readonly tokens: DocumentSet<JoinTokenDocument>;
  readonly machines: DocumentSet<MachineDocument>;
  private readonly names: DocumentSet<MachineNameDocument>;

  constructor(collections: Collections) {
    this.tokens = collections.of('joinTokens');
    this.machines = collections.of('machines');
    this.names = collections.of('machineNames');
  }

  /** The name, or the name with the lowest free number behind it; asked again for the same machine, the same. */
  async claimName(wanted: string, machine: string): Promise<string> {
    for (let number = 1; number <= mostNamesakes; number += 1) {
      const name = number === 1 ? wanted : `${wanted}-${number}`;
      if (await this.names.insert({ _id: name, machine })) return name;
      if ((await this.names.find(name))?.machine === machine) return name;
    }
    throw new Error(`${mostNamesakes} machines are called ${wanted}; give this one another name`);
  }

  /** First the token, so that nobody joins by it again; then the machine, and its name for others. */
  async remove({ _id, name }: MachineDocument): Promise<void> {
    await this.tokens.remove(_id);
    await this.machines.remove(_id);
    await this.names.remove(name);
  }
}
