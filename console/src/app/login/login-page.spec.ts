import { describe, expect, it } from '@jest/globals';
import { aNode } from '../../testing/answers.ts';
import { me, OpenConsole, refusal } from '../../testing/open-console.ts';

const unknown = refusal(401, 'unauthenticated', 'you are not logged in');

async function submit(opened: OpenConsole): Promise<void> {
  const password = opened.screen.getByLabelText('Password');
  if (password instanceof HTMLInputElement) password.value = 'secret';
  opened.screen.getByRole('button', { name: 'Log in' }).click();
  await opened.settle();
}

describe('the login', () => {
  it('comes first, and leads back to the page that was wanted', async () => {
    const answers = { '/auth/me': unknown, '/nodes': { items: [] }, '/workloads': { items: [] } };
    const opened = await OpenConsole.at('/workloads?last=1h', answers);
    expect(opened.url).toBe('/login?return=%2Fworkloads%3Flast%3D1h');
    opened.answers['/auth/login'] = null;
    opened.answers['/auth/me'] = me;
    await submit(opened);
    expect(opened.url).toBe('/workloads?last=1h');
    expect(opened.screen.getByRole('heading', { name: 'Workloads', level: 1 })).toBeTruthy();
  });

  it('says where the first password is, with Kubernetes and without', async () => {
    const { screen } = await OpenConsole.at('/login', { '/auth/me': unknown });
    expect(screen.getByText(/kubectl -n docksnap get secret docksnap-admin/)).toBeTruthy();
    expect(screen.getByText(/Without Kubernetes it is in the file docksnap-admin\/password/)).toBeTruthy();
  });

  it.each([
    ['a wrong password', refusal(401, 'wrong_credentials', 'wrong'), /do not match/],
    ['too many tries', refusal(429, 'too_many_attempts', 'wait 30 s'), /Logging in failed.*Wait 30 s\./s],
    ['no database', refusal(503, 'database_unavailable', 'the database is away'), /The database is away\./],
  ])('says what is wrong: %s', async (_sentence, answer, words) => {
    const opened = await OpenConsole.at('/login', { '/auth/me': unknown, '/auth/login': answer });
    await submit(opened);
    expect(opened.url).toBe('/login');
    expect(opened.screen.getByRole('alert').textContent).toMatch(words);
  });

  it('names a session that ended, and the page stays where it was for afterwards', async () => {
    const opened = await OpenConsole.at('/', { '/nodes': { items: [aNode()] } });
    opened.answers['/workloads'] = unknown;
    opened.screen.getAllByRole('link', { name: 'Workloads' })[0]?.click();
    await opened.settle();
    expect(opened.url).toBe('/login?return=%2Fworkloads&ended=true');
    expect(opened.screen.getByRole('status').textContent).toMatch(/Your session has ended/);
  });
});
