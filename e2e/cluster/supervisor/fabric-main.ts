/**
 * Holds the network namespace that joins the nodes, and passes connections from this machine to the API server: the
 * listening socket is the machine's, handed over by the supervisor; the connections from here on are the fabric's.
 */
import { connect, Server, type Socket } from 'node:net';
import { addresses, apiServerPort, firstNode } from '../network.ts';

process.on('message', (_message, server) => {
  if (server instanceof Server) server.on('connection', pass);
});
process.on('disconnect', () => process.exit());

function pass(client: Socket): void {
  const apiServer = connect(apiServerPort, addresses[firstNode].ip);
  client.pipe(apiServer).pipe(client);
  client.on('error', () => apiServer.destroy());
  apiServer.on('error', () => client.destroy());
  client.on('close', () => apiServer.destroy());
  apiServer.on('close', () => client.destroy());
}
