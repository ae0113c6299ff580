/**
 * The API with the example fleet in it, on a database and ports of its own, for pictures and audits of the console:
 * `serve.ts <folder of the console's build>`. Prints one line of JSON when it can be asked, and ends with its stdin.
 */
import { subscribe } from 'node:diagnostics_channel';
import { ServerResponse } from 'node:http';
import { AdminPassword } from '../../access/accounts/admin-password.ts';
import { EventWindows } from '../../events/event-windows.ts';
import { FindingsJob } from '../../findings/findings-job.ts';
import { Store } from '../../store/store.ts';
import { mustTake } from '../client.ts';
import { runningApi } from '../running-api.ts';
import { TestClock } from '../test-clock.ts';
import { trialDatabase } from '../trial-database.ts';
import { exampleEvents } from './events.ts';
import { exampleNodes } from './nodes.ts';
import { fleetPush } from './pushes.ts';

/** A Tuesday: 12:00:30 UTC. */
const nowMs = Date.UTC(2026, 10, 24, 12, 0, 30);
/** Findings look at a node again after less than this. */
const sinceLookMs = 20_000;
/** How far the fleet's past reaches. */
const minutes = 150;

// A page learns the time from the Date of each answer: it is to be the fleet's.
subscribe('http.server.request.start', (message) => {
  if (typeof message !== 'object' || message === null || !('response' in message)) return;
  if (message.response instanceof ServerResponse) message.response.setHeader('date', new Date(nowMs).toUTCString());
});

const clock = new TestClock(nowMs - sinceLookMs);
const database = await trialDatabase();
const api = await runningApi({
  uri: database.uri,
  clock,
  consoleDir: process.argv[2] ?? '',
});
for (const node of exampleNodes) {
  await mustTake(api, node.name, fleetPush(node, nowMs, minutes));
}
const records = await api.app.get(Store, { strict: false }).nodes();
await api.app.get(EventWindows, { strict: false }).add(exampleEvents(records, nowMs));
// Pictures are taken as soon as this can be asked; whoever was looked at while it pushed is looked at again.
clock.advance(sinceLookMs);
await api.app.get(FindingsJob, { strict: false }).turn();
const password = await api.app.get(AdminPassword, { strict: false }).first();
process.stdout.write(`${JSON.stringify({ url: api.url, password, nowMs })}\n`);

process.stdin.resume();
process.stdin.once('end', () => {
  void api
    .stop()
    .then(async () => database.remove())
    .finally(() => process.exit());
});
