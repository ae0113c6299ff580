import { afterEach, describe, expect, it } from '@jest/globals';
import { OpenConsole } from '../../testing/open-console.ts';
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

  it('say who is logged in and how the password is changed', async () => {
    const { screen } = await OpenConsole.at('/settings', {});
    expect(screen.getByRole('region', { name: 'Account' }).textContent).toMatch(/admin.*everything.*docksnap-admin/s);
  });
});
