import { describe, expect, it } from '@jest/globals';
import type { EventRecord } from '@docksnap/contract';
import { anEvent, noonMs } from '../../testing/answers.ts';
import { OpenConsole, refusal } from '../../testing/open-console.ts';

const answer = (items: readonly EventRecord[], next: string | null = null, partial: string | null = null) => ({
  '/events': { fromMs: 0, toMs: noonMs, items, next, partial },
});

describe('the events page', () => {
  it('shows what happened, with links to what it is about', async () => {
    const { screen, requests } = await OpenConsole.at('/events?last=1h', answer([anEvent()]));
    expect(screen.getByRole('link', { name: 'shop/api, api' }).getAttribute('href')).toBe(
      '/containers/00000000000000a1~pod-1~api',
    );
    expect(requests.find((request) => request.startsWith('GET /events'))).toContain(`from=${noonMs - 3_600_000}`);
    expect(document.title).toBe('Events · DockSnap');
  });

  it('asks for what its filters say, which the URL holds', async () => {
    const opened = await OpenConsole.at('/events?namespace=shop', answer([anEvent()], 'older'));
    opened.screen.getByRole('button', { name: 'OOM kill' }).click();
    await opened.settle();
    opened.screen.getByRole('button', { name: 'Warnings only' }).click();
    await opened.settle();
    expect(opened.url).toBe('/events?namespace=shop&kinds=oom&warnings=only');
    expect(opened.requests.at(-1)).toMatch(/namespace=shop&kinds=oom&warnings=only/);
    opened.screen.getByRole('button', { name: 'Older events' }).click();
    await opened.settle();
    expect(opened.requests.at(-1)).toContain('cursor=older');
    opened.screen.getByRole('button', { name: 'No longer only namespace shop' }).click();
    await opened.settle();
    expect(opened.url).toBe('/events?kinds=oom&warnings=only');
  });

  it('shows hostile text as text', async () => {
    const { screen } = await OpenConsole.at('/events', answer([anEvent({ message: '<img src=x onerror=alert(1)>' })]));
    expect(screen.getByText('<img src=x onerror=alert(1)>')).toBeTruthy();
    expect(document.querySelector('main img')).toBeNull();
  });

  it.each([
    ['that nothing happened', '', answer([]), /No event of this range is as asked/],
    ['that older ones may be there', '', answer([], 'older'), /older events may be/],
    ['what is missing', '', answer([anEvent()], null, 'the database is away'), /the database is away/i],
    ['what failed', '', { '/events': refusal(503, 'x', 'away') }, /The events could not be read/],
    ['that it loads', '', {}, /Loading/],
    ['what it ignored of the link', '?kinds=oom,<b>', answer([]), /kinds of events that there are not: <b>/],
  ])('says %s', async (_sentence, query, answers, words) => {
    await OpenConsole.at(`/events${query}`, answers);
    expect(document.body.textContent).toMatch(words);
  });
});
