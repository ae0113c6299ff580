import { Module } from '@nestjs/common';
import { JoinTokens } from './join-tokens.ts';
import { MachineRegister } from './machine-register.ts';
import { MachineTokens } from './machine-tokens.ts';

/** Who speaks for a machine, or asks to: what the guard needs. */
@Module({
  providers: [MachineRegister, MachineTokens, JoinTokens],
  exports: [MachineRegister, MachineTokens, JoinTokens],
})
export class MachineIdentityModule {}
