import { Module } from '@nestjs/common';
import { MachineIdentityModule } from './machine-identity.module.ts';
import { Machines } from './machines.ts';
import { MachinesController } from './machines.controller.ts';

@Module({ imports: [MachineIdentityModule], controllers: [MachinesController], providers: [Machines] })
export class MachinesModule {}
