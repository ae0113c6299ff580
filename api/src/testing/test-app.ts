import { type DynamicModule, Module, type Provider, type Type } from '@nestjs/common';
import { getConnectionToken } from '@nestjs/mongoose';
import { FastifyAdapter, type NestFastifyApplication } from '@nestjs/platform-fastify';
import { Test } from '@nestjs/testing';
import { createConnection } from 'mongoose';
import { AccessModule } from '../access/access.module.ts';
import { AdminPassword } from '../access/accounts/admin-password.ts';
import { AgentTokens, OperatorTokens } from '../access/tokens/tokens.ts';
import { Clock } from '../clock.ts';
import { Config, readConfig } from '../config.ts';
import { Problem } from '../problem/problem.ts';
import { Collections } from '../store/collections.ts';
import { MongoCollections } from '../store/mongo-collections.ts';
import { ProblemModule } from '../problem/problem.module.ts';

export interface TestApp {
  readonly uri: string;
  readonly clock: Clock;
  readonly firstPassword: string;
  readonly imports?: readonly (Type | DynamicModule)[];
  readonly controllers?: readonly Type[];
  /** What the imports need from others, and is to be had by all. */
  readonly providers?: readonly Provider[];
}

@Module({})
class Surroundings {}

const nobody = {
  authenticate: async () => Promise.reject(new Problem(401, 'unauthenticated', 'this token is not good')),
};

/** The API's own rules of access and answers around some of its routes, on a real database. Closes its connection. */
export async function testApp(given: TestApp): Promise<NestFastifyApplication> {
  const connection = await createConnection(given.uri, timeouts).asPromise();
  const providers: Provider[] = [
    { provide: getConnectionToken(), useValue: connection },
    { provide: Collections, useValue: new MongoCollections(connection) },
    { provide: Clock, useValue: given.clock },
    { provide: Config, useValue: readConfig({ DOCKSNAP_MONGODB_URI: given.uri, DOCKSNAP_KUBERNETES: 'false' }) },
    { provide: AdminPassword, useValue: { first: async () => Promise.resolve(given.firstPassword) } },
    { provide: AgentTokens, useValue: nobody },
    { provide: OperatorTokens, useValue: nobody },
    ...(given.providers ?? []),
  ];
  const tokens = providers.map((provider) => ('provide' in provider ? provider.provide : provider));
  const surroundings: DynamicModule = { module: Surroundings, global: true, providers, exports: tokens };
  const built = await Test.createTestingModule({
    imports: [surroundings, ProblemModule, AccessModule, ...(given.imports ?? [])],
    controllers: [...(given.controllers ?? [])],
  }).compile();
  const app = built.createNestApplication<NestFastifyApplication>(new FastifyAdapter());
  app
    .getHttpAdapter()
    .getInstance()
    .addHook('onClose', () => connection.close());
  await app.init();
  await app.getHttpAdapter().getInstance().ready();
  return app;
}

const timeouts = {
  dbName: 'docksnap',
  autoCreate: false,
  autoIndex: false,
  bufferCommands: false,
  serverSelectionTimeoutMS: 1000,
  connectTimeoutMS: 1000,
  heartbeatFrequencyMS: 500,
};
