import type { Connection } from 'mongoose';
import { objection } from './allowed-commands.ts';

/** Makes the driver tell what it sends. */
export function watchable(uri: string): string {
  return `${uri}${uri.includes('?') ? '&' : '?'}monitorCommands=true`;
}

/**
 * Watches a connection that is yet to be opened, to a watchable URI. The function that is returned throws when a command
 * was sent that is not on the list, and returns how many were sent.
 */
export function watchCommands(connection: Connection): () => number {
  const objections = new Set<string>();
  let sent = 0;
  connection.on('connected', () => {
    connection.getClient().on('commandStarted', ({ commandName, command }) => {
      sent += 1;
      const found = objection(commandName, command);
      if (found !== undefined) objections.add(found);
    });
  });
  return () => {
    if (objections.size > 0) throw new Error([...objections].join('; '));
    return sent;
  };
}
