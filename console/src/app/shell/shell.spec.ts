import { describe, expect, it } from '@jest/globals';
import { aNode } from '../../testing/answers.ts';
import { OpenConsole } from '../../testing/open-console.ts';

const answers = { '/nodes': { items: [aNode()] } };

describe('the shell', () => {
  it('marks the page that is open', async () => {
    const { screen } = await OpenConsole.at('/', answers);
    const current = screen.getAllByRole('link').filter((link) => link.getAttribute('aria-current') === 'page');
    expect(new Set(current.map((link) => link.textContent.trim()))).toEqual(new Set(['Fleet']));
  });

  it('finds containers by words', async () => {
    const opened = await OpenConsole.at('/', { ...answers, '/containers': { items: [], total: 0, next: null } });
    const box = opened.screen.getByRole('searchbox', { name: 'Words' });
    if (box instanceof HTMLInputElement) box.value = ' api ';
    box.closest('form')?.requestSubmit();
    await opened.settle();
    expect(opened.url).toBe('/containers?q=api');
  });

  it('changes the theme and remembers it', async () => {
    const opened = await OpenConsole.at('/', answers);
    opened.screen.getByRole('button', { name: /account and theme/ }).click();
    await opened.settle();
    opened.screen.getByRole('menuitemradio', { name: 'Dark' }).click();
    await opened.settle();
    expect(document.documentElement.dataset['theme']).toBe('dark');
    expect(localStorage.getItem('docksnap.theme')).toBe('dark');
    localStorage.clear();
  });

  it('logs out', async () => {
    const opened = await OpenConsole.at('/', { ...answers, '/auth/logout': null });
    opened.screen.getByRole('button', { name: /account and theme/ }).click();
    await opened.settle();
    opened.screen.getByRole('menuitem', { name: 'Log out' }).click();
    await opened.settle();
    expect(opened.requests).toContain('POST /auth/logout');
    expect(opened.url).toBe('/login');
  });

  it('says since when it is not live, counts the tries, and is quiet again once it is', async () => {
    const opened = await OpenConsole.at('/', answers);
    opened.streams.at(-1)?.fail();
    await opened.settle();
    expect(opened.screen.getByText(/first try/).textContent).toMatch(/What you see is 0.s old/);
    opened.screen.getByRole('button', { name: 'Connect now' }).click();
    opened.streams.at(-1)?.fail();
    await opened.settle();
    expect(opened.screen.getByText(/second try/)).toBeTruthy();
    expect(opened.streams).toHaveLength(2);
  });

  it('has a page for URLs that lead nowhere', async () => {
    const { screen } = await OpenConsole.at('/nothing/here', answers);
    expect(screen.getByRole('heading', { name: 'There is no such page' })).toBeTruthy();
  });
});
