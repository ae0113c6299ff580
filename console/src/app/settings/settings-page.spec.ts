import { afterEach, describe, expect, it } from '@jest/globals';
import { OpenConsole, refusal } from '../../testing/open-console.ts';
import { byteBase, formatBytes, formatClock, timeZone } from '../units.ts';

const plain = (text: string) => text.replaceAll('\u00a0', ' ');

describe('settings', () => {
  afterEach(() => {
    localStorage.clear();
    timeZone.set('local');
    byteBase.set('binary');
    delete document.documentElement.dataset['density'];
  });

  it.each([
    ['the time zone', 'UTC', () => formatClock(Date.UTC(2026, 0, 1, 8, 2, 10)), '08:02:10', 'docksnap.timeZone'],
    ['the unit of memory', 'MB, GB (1000)', () => plain(formatBytes(5e6)), '5 MB', 'docksnap.byteBase'],
    ['the density', 'Compact', () => document.documentElement.dataset['density'], 'compact', 'docksnap.density'],
  ])('change %s at once and are remembered', async (_sentence, option, shown, expected, key) => {
    const opened = await OpenConsole.at('/settings', {});
    opened.screen.getByRole('radio', { name: option }).click();
    await opened.settle();
    expect(shown()).toBe(expected);
    expect(localStorage.getItem(key)).not.toBeNull();
  });

  it('say who is logged in, and what a change of the password ends', async () => {
    const { screen } = await OpenConsole.at('/settings', {});
    expect(screen.getByRole('region', { name: 'Account' }).textContent).toMatch(
      /admin.*everything.*ends every session.*Secret docksnap-admin.*without Kubernetes the file/s,
    );
  });
});

describe('the password', () => {
  const first = 'the first password';
  const second = 'another password';

  async function change(values: readonly string[], answer: object | null = null) {
    const opened = await OpenConsole.at('/settings', { '/auth/password': answer });
    const labels = ['Current password', /^New password, 12/, 'New password again'];
    for (const [index, label] of labels.entries()) {
      const input = opened.screen.getByLabelText<HTMLInputElement>(label);
      input.value = values[index] ?? '';
    }
    const button = opened.screen.getByRole('button', { name: 'Change the password' });
    button.closest('form')?.dispatchEvent(new Event('submit', { cancelable: true }));
    await opened.settle();
    return opened;
  }

  it('is changed, and the login follows', async () => {
    const { url, requests } = await change([first, second, second], {});
    expect(requests).toContain('POST /auth/password');
    expect(url).toBe('/login');
  });

  it.each([
    ['is too short', [first, 'short', 'short'], /has 5 characters; 12 are the least/],
    ['is typed in two ways', [first, second, `${second}!`], /differ/],
    ['is the current one', [first, first, first], /is the current one/],
  ])('is not sent when it %s', async (_sentence, values, expected) => {
    const { screen, requests } = await change(values);
    expect(screen.getByRole('alert').textContent).toMatch(expected);
    expect(requests).not.toContain('POST /auth/password');
  });

  it('stays when the API refuses, in its words', async () => {
    const wrong = refusal(403, 'wrong_password', 'the current password is wrong; nothing was changed');
    const { screen, url } = await change([second, first, first], wrong);
    expect(screen.getByRole('alert').textContent).toBe('The current password is wrong; nothing was changed.');
    expect(url).toBe('/settings');
  });
});
