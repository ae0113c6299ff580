import { type Connection, createConnection } from 'mongoose';

/** An open connection to a test's database. */
export async function connected(uri: string): Promise<Connection> {
  return createConnection(uri, { serverSelectionTimeoutMS: 3000, bufferCommands: false }).asPromise();
}
