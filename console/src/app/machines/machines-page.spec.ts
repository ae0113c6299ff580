import { describe, expect, it } from '@jest/globals';
import { noonMs } from '../../testing/answers.ts';
import { type Answers, OpenConsole, refusal } from '../../testing/open-console.ts';

const machine = { id: '0123456789abcdef', name: 'web-7', joinedAtMs: noonMs, invitedBy: 'admin' };
const made = {
  token: 'dsj_t',
  expiresAtMs: noonMs + 3_600_000,
  url: 'https://192.0.2.7:8443',
  caCertHash: 'sha256:ab',
};
const invite = '/machines/join-tokens';

async function open(answers: Answers = {}) {
  return OpenConsole.at('/machines', { '/machines': { items: [machine] }, ...answers });
}

async function press(opened: OpenConsole, name: string): Promise<void> {
  opened.screen.getByRole('button', { name }).click();
  await opened.settle();
}

describe('adding a machine', () => {
  const added = (opened: OpenConsole) => opened.screen.getByRole('region', { name: 'Add a machine' }).textContent;

  it('makes a line only when asked, shows it, and until when it is good', async () => {
    const opened = await open({ [invite]: made });
    expect(opened.requests).not.toContain(`POST ${invite}`);
    await press(opened, 'Make a line');
    expect(opened.requests).toContain(`POST ${invite}`);
    expect(added(opened)).toMatch(
      /join https:\/\/192\.0\.2\.7:8443 --token dsj_t --ca-cert-hash sha256:ab.*1\sh more/s,
    );
    expect(opened.screen.getAllByRole('button', { name: 'Copy the command' })).toHaveLength(2);
  });

  it('says what to put in where nobody told the API its address', async () => {
    const opened = await open({ [invite]: { ...made, url: null } });
    await press(opened, 'Make a line');
    expect(added(opened)).toMatch(/in place of https:\/\/ADDRESS-OF-THIS-API.*api\.publicOrigins/s);
  });

  it('shows no line that has expired', async () => {
    const opened = await open({ [invite]: { ...made, expiresAtMs: noonMs } });
    await press(opened, 'Make a line');
    expect(opened.screen.getByText('The line has expired; make another one.')).toBeTruthy();
    expect(added(opened)).not.toContain('dsj_t');
  });

  it('says why none could be made, and makes one at the next try', async () => {
    const opened = await open({ [invite]: refusal(409, 'too_many_tokens', '100 join tokens are good now') });
    await press(opened, 'Make a line');
    expect(opened.screen.getByRole('alert').textContent).toMatch(
      /No line could be made.*100 join tokens are good now/s,
    );
    opened.answers[invite] = made;
    await press(opened, 'Try again');
    expect(added(opened)).toContain('dsj_t');
  });
});

describe('machines that joined', () => {
  it('are listed', async () => {
    const { screen } = await open();
    expect(screen.getByRole('row', { name: /^web-7/ }).textContent).toMatch(/web-7.*admin/s);
  });

  it('are removed when the person says so twice', async () => {
    const opened = await open({ [`/machines/${machine.id}`]: {} });
    await press(opened, 'Remove web-7');
    expect(opened.screen.getByRole('group', { name: 'Remove web-7?' }).textContent).toMatch(/refused from now on/);
    expect(opened.requests).not.toContain(`DELETE /machines/${machine.id}`);
    opened.answers['/machines'] = { items: [] };
    await press(opened, 'Yes, remove web-7');
    expect(opened.requests).toContain(`DELETE /machines/${machine.id}`);
    expect(opened.screen.getByRole('heading', { name: 'No machine has joined yet' })).toBeTruthy();
  });

  it('stay when the person thinks again', async () => {
    const opened = await open();
    await press(opened, 'Remove web-7');
    await press(opened, 'Keep');
    expect(opened.screen.getByRole('button', { name: 'Remove web-7' })).toBeTruthy();
    expect(opened.requests.filter((request) => request.startsWith('DELETE'))).toEqual([]);
  });

  it('stay when the API refuses, in its words', async () => {
    const opened = await open({ [`/machines/${machine.id}`]: refusal(503, 'unavailable', 'the database is away') });
    await press(opened, 'Remove web-7');
    await press(opened, 'Yes, remove web-7');
    expect(opened.screen.getByRole('alert').textContent).toBe('The database is away.');
  });

  it.each([
    ['loading', {}, /Loading/],
    ['a failure', { '/machines': refusal(503, 'unavailable', 'the database is away') }, /machines could not be read/],
    ['missing rights', { '/machines': refusal(403, 'forbidden', 'no') }, /cover namespaces, not machines/],
  ])('show %s', async (_sentence, answers: Answers, expected) => {
    const { screen } = await OpenConsole.at('/machines', answers);
    expect(screen.getByText(expected)).toBeTruthy();
  });
});
