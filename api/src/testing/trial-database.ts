import { type ChildProcess, spawn } from 'node:child_process';
import { once } from 'node:events';
import { cp, mkdtemp, rm } from 'node:fs/promises';
import { createServer } from 'node:net';
import { tmpdir } from 'node:os';
import path from 'node:path';
import { setTimeout as wait } from 'node:timers/promises';
import { type ConnectOptions, createConnection } from 'mongoose';

/** Many start at once where suites run side by side, and one server of theirs is a Java program. */
const startMs = 60_000;

/** A real FerretDB of its own, on loopback, in a folder that goes with it. */
export interface TrialDatabase {
  readonly uri: string;
  /** As `kill -9`: what was acknowledged must be there after `start`. */
  kill(): Promise<void>;
  /** Stops answering, with connections left open, until `thaw`. */
  freeze(): void;
  thaw(): void;
  /** Starts it again on the same folder and port. */
  start(): Promise<void>;
  /** A copy of its folder as it is at one moment, as a snapshot of a volume, for another to start from. */
  snapshot(): Promise<string>;
  /** Stops it and removes its folder. */
  remove(): Promise<void>;
}

interface Asked {
  /** Folder of ca.crt, tls.crt and tls.key: then only clients with a certificate are let in. */
  readonly tlsDir?: string;
  /** What a client needs to be let in. */
  readonly client?: ConnectOptions;
  /** A folder with documents; it goes with the database. */
  readonly folder?: string;
}

const newFolder = async (): Promise<string> => mkdtemp(path.join(tmpdir(), 'docksnap-database-'));

/** Starts the trial database that DOCKSNAP_TRIAL_DATABASE_BIN names, and resolves when it answers. */
export async function trialDatabase({ tlsDir = '', client = {}, folder: given }: Asked = {}): Promise<TrialDatabase> {
  const binary = process.env['DOCKSNAP_TRIAL_DATABASE_BIN'];
  if (binary === undefined)
    throw new Error('DOCKSNAP_TRIAL_DATABASE_BIN must name the built trial database; see npm test');
  const folder = given ?? (await newFolder());
  const listen = `127.0.0.1:${await freePort()}`;
  const uri = `mongodb://${listen}/docksnap`;
  let child: ChildProcess | undefined;
  const kill = async (): Promise<void> => {
    if (child?.exitCode !== null || child.signalCode !== null) return;
    child.kill('SIGKILL');
    await once(child, 'exit');
  };
  const start = async (): Promise<void> => {
    const env = {
      ...process.env,
      DOCKSNAP_DATABASE_LISTEN: listen,
      DOCKSNAP_DATABASE_DIR: folder,
      DOCKSNAP_DATABASE_HEALTH_LISTEN: '',
      DOCKSNAP_DATABASE_TLS_DIR: tlsDir,
    };
    child = spawn(binary, { env, stdio: 'ignore' });
    // A test that failed before it could stop the database must not wait for it.
    child.unref();
    await answers(uri, client);
  };
  await start();
  const remove = async (): Promise<void> => {
    await kill();
    await rm(folder, { recursive: true, force: true });
  };
  const signal = (name: NodeJS.Signals) => (): void => {
    child?.kill(name);
  };
  const [freeze, thaw] = [signal('SIGSTOP'), signal('SIGCONT')];
  const snapshot = async (): Promise<string> => {
    const copy = await newFolder();
    freeze();
    try {
      await cp(folder, copy, { recursive: true });
    } finally {
      thaw();
    }
    return copy;
  };
  return { uri, kill, freeze, thaw, start, snapshot, remove };
}

async function answers(uri: string, client: ConnectOptions): Promise<void> {
  const deadline = Date.now() + startMs;
  for (;;) {
    const connection = createConnection();
    try {
      await connection.openUri(uri, { serverSelectionTimeoutMS: 500, connectTimeoutMS: 500, ...client });
      await connection.db?.command({ ping: 1 });
      return;
    } catch (error) {
      if (Date.now() > deadline) throw new Error('the trial database does not answer', { cause: error });
      await wait(50);
    } finally {
      await connection.close();
    }
  }
}

async function freePort(): Promise<number> {
  const server = createServer().listen(0, '127.0.0.1');
  await once(server, 'listening');
  const address = server.address();
  server.close();
  if (address === null || typeof address === 'string') throw new Error('the probe has no port');
  return address.port;
}
