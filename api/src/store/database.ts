import { setTimeout as wait } from 'node:timers/promises';
import { Inject, Injectable, Logger, type OnApplicationShutdown, type OnModuleInit } from '@nestjs/common';
import { InjectConnection } from '@nestjs/mongoose';
import { type Connection, STATES } from 'mongoose';
import { Config } from '../config.ts';
import { callMs } from './bounded.ts';
import { makeClusteredCollections } from './clustered.ts';
import { databaseName } from './database-name.ts';

/** PEM texts by which the API and the database know each other. */
export interface DatabaseCredentials {
  readonly ca: string;
  readonly cert: string;
  readonly key: string;
}

/** Where the credentials come from; resolves with null when the URI alone decides. May take as long as it needs. */
export abstract class DatabaseCredentialsSource {
  abstract credentials(): Promise<DatabaseCredentials | null>;
}

const headStartMs = 1000;
const firstPauseMs = 250;
const longestPauseMs = 5000;

/**
 * Opens the connection and keeps trying: the API starts, and says what is wrong, while the database is away. Once
 * open, the driver itself reconnects.
 */
@Injectable()
export class Database implements OnModuleInit, OnApplicationShutdown {
  private readonly log = new Logger('Database');
  private readonly stopping = new AbortController();

  constructor(
    @InjectConnection() private readonly connection: Connection,
    @Inject(Config) private readonly config: Config,
    @Inject(DatabaseCredentialsSource) private readonly source: DatabaseCredentialsSource,
  ) {}

  /** Gives the first attempt a moment, so that a database that is there is not reported as missing. */
  async onModuleInit(): Promise<void> {
    await Promise.race([this.open(), wait(headStartMs)]);
  }

  async onApplicationShutdown(): Promise<void> {
    this.stopping.abort();
    await this.connection.close();
  }

  private async open(): Promise<void> {
    for (let pauseMs = firstPauseMs; !this.stopping.signal.aborted; pauseMs = Math.min(2 * pauseMs, longestPauseMs)) {
      try {
        const { mongodbUri } = this.config;
        await this.connection.openUri(mongodbUri, {
          ...options(await this.source.credentials()),
          dbName: databaseName(mongodbUri),
        });
        this.log.log('the database is connected');
        await this.prepare();
        return;
      } catch (error) {
        if (this.connection.readyState === STATES.connected) return;
        this.log.warn(
          `the database cannot be reached yet: ${error instanceof Error ? error.message : 'unknown error'}`,
        );
      }
      await wait(pauseMs, undefined, { signal: this.stopping.signal }).catch(() => undefined);
    }
  }

  /** Not vital: a collection that could not be made comes to be with its first document, as any other. */
  private async prepare(): Promise<void> {
    try {
      await makeClusteredCollections(this.connection);
    } catch (error) {
      const reason = error instanceof Error ? error.message : 'unknown error';
      this.log.warn(`the large collections could not be made clustered, as docs/mongodb.md has them: ${reason}`);
    }
  }
}

function options(credentials: DatabaseCredentials | null) {
  return {
    autoCreate: false,
    autoIndex: false,
    bufferCommands: false,
    promoteBuffers: true,
    // Writes here are safe to repeat and are repeated by their callers, within a time that is bounded there.
    retryWrites: false,
    maxPoolSize: 20,
    connectTimeoutMS: callMs,
    socketTimeoutMS: callMs,
    serverSelectionTimeoutMS: callMs,
    waitQueueTimeoutMS: callMs,
    heartbeatFrequencyMS: 2000,
    ...(credentials === null ? {} : { tls: true, ...credentials }),
  };
}
