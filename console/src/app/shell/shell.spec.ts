import { describe, expect, it } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { waitFor } from '@testing-library/dom';
import { aContainer, aNode, aWorkload } from '../../testing/answers.ts';
import { OpenConsole } from '../../testing/open-console.ts';
import { Preferences } from '../settings/preferences.ts';

/** A dialog is loaded when it is first opened, which takes long on a busy machine. */
const patience = { timeout: 30_000 };

const answers = { '/nodes': { items: [aNode()] } };

describe('the shell', () => {
  it('marks the page that is open', async () => {
    const { screen } = await OpenConsole.at('/', answers);
    const current = screen.getAllByRole('link').filter((link) => link.getAttribute('aria-current') === 'page');
    expect(new Set(current.map((link) => link.textContent.trim()))).toEqual(new Set(['Fleet']));
  });

  /** Presses a key as somebody who is in no field. */
  function press(key: string, differences: KeyboardEventInit = {}): void {
    document.body.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true, cancelable: true, ...differences }));
  }

  it('finds a container by words in the palette, and opens it', async () => {
    const id = aContainer().id;
    const opened = await OpenConsole.at('/', {
      ...answers,
      '/workloads': { items: [aWorkload()] },
      '/containers': { items: [aContainer()], total: 1, next: null },
    });
    press('k', { ctrlKey: true });
    const field = await opened.screen.findByRole('combobox', {}, patience);
    if (field instanceof HTMLInputElement) field.value = 'api';
    field.dispatchEvent(new Event('input'));
    await waitFor(async () => {
      await opened.settle();
      expect(opened.screen.getAllByRole('option').map((option) => option.id)).toHaveLength(2);
    }, patience);
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'ArrowDown' }));
    await opened.settle();
    expect(opened.screen.getByRole('option', { selected: true }).textContent).toContain('container in api-');
    field.dispatchEvent(new KeyboardEvent('keydown', { key: 'Enter' }));
    await opened.settle();
    expect(opened.url).toBe(`/containers/${id}`);
  });

  it('goes to pages by two keys, and keeps the time', async () => {
    const opened = await OpenConsole.at('/?last=1h', { ...answers, '/workloads': { items: [] } });
    press('g');
    press('w');
    await opened.settle();
    expect(opened.url).toBe('/workloads?last=1h');
  });

  it('leaves keys alone while somebody types, and when they are switched off', async () => {
    const opened = await OpenConsole.at('/workloads', { ...answers, '/workloads': { items: [aWorkload()] } });
    const field = opened.screen.getByRole('searchbox');
    for (const key of ['g', 'f']) field.dispatchEvent(new KeyboardEvent('keydown', { key, bubbles: true }));
    TestBed.inject(Preferences).keys.set('off');
    press('g');
    press('f');
    await opened.settle();
    expect(opened.url).toBe('/workloads');
    TestBed.inject(Preferences).keys.set('on');
    await opened.settle();
  });

  it('shows all keys', async () => {
    const opened = await OpenConsole.at('/', answers);
    press('?');
    const dialog = await opened.screen.findByRole('dialog', { name: 'Keyboard' }, patience);
    expect(dialog.textContent).toMatch(/Command palette.*Undo zoom.*Move the cursor/s);
    press('Escape');
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
