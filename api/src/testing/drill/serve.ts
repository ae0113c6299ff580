/**
 * One replica of the API for drills: `serve.ts <URI of the database>`. Prints one line of JSON when it can be asked,
 * and runs until it is killed. Whose a token is, the drill says.
 */
import { AdminPassword } from '../../access/accounts/admin-password.ts';
import { runningApi } from '../running-api.ts';

const password = 'drill-password';
const api = await runningApi({
  uri: process.argv[2] ?? '',
  overrides: [[AdminPassword, { first: async () => Promise.resolve(password) }]],
});
process.stdout.write(`${JSON.stringify({ url: api.url, password })}\n`);
