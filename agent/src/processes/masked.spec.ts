import { describe, expect, it } from '@jest/globals';
import { masked } from './masked.ts';

describe('masked', () => {
  it.each([
    ['server --password=hunter2 --port=80', 'server --password=*** --port=80'],
    ['server --db-token hunter2 -v', 'server --db-token *** -v'],
    ['env PGPASSWORD=hunter2 psql', 'env PGPASSWORD=*** psql'],
    ['curl -H "Authorization: Bearer hunter2" x', 'curl -H "Authorization: *** *** x'],
    ['curl https://me:hunter2@example.org/x', 'curl https://me:***@example.org/x'],
    ["tool --api-key 'hunter 2' x", 'tool --api-key *** x'],
    ['mysql -uroot -phunter2 shop', 'mysql -uroot -p*** shop'],
    ['tool AWS_SECRET_ACCESS_KEY=hunter2', 'tool AWS_SECRET_ACCESS_KEY=***'],
  ])('hides the secret of %j', (command, expected) => {
    expect(masked(command)).toBe(expected);
    expect(masked(command)).not.toContain('hunter');
  });

  it.each(['nginx', 'postgres: checkpointer', 'server -port=8080 --verbose', 'server --token-file /run/token'])(
    'leaves %j as it is',
    (command) => {
      expect(masked(command)).toBe(command);
    },
  );
});
