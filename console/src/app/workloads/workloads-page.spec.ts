import { describe, expect, it } from '@jest/globals';
import { aWorkload } from '../../testing/answers.ts';
import { aSizing } from '../../testing/sizing.ts';
import { OpenConsole, refusal } from '../../testing/open-console.ts';

describe('the workloads', () => {
  it('stand under their namespaces, each a link to its page', async () => {
    const { screen } = await OpenConsole.at('/workloads', { '/workloads': { items: [aWorkload()] } });
    expect(screen.getByText('1 in 1 namespace')).toBeTruthy();
    expect(screen.getByRole('row', { name: /^api/ }).textContent).toMatch(/0\.50.*1\.00.*256/s);
    const link = screen.getByRole('link', { name: 'api' });
    expect(link.getAttribute('href')).toBe('/workloads/shop/Deployment/api');
  });

  it('say what each could ask for instead', async () => {
    const answers = { '/workloads': { items: [aWorkload()] }, '/right-sizing': aSizing() };
    const { screen } = await OpenConsole.at('/workloads', answers);
    expect(screen.getByRole('row', { name: /^api/ }).textContent.replaceAll('\u00a0', ' ')).toMatch(
      /CPU request 2 cores → 0\.46 cores/,
    );
  });

  it.each([
    ['nothing has reported', { items: [] }, /No workload has reported yet/],
    [
      'the list could not be read',
      refusal(503, 'x', 'the database is away'),
      /could not be read.*The database is away\./s,
    ],
  ])('says that %s', async (_sentence, answer, words) => {
    await OpenConsole.at('/workloads', { '/workloads': answer });
    expect(document.querySelector('main')?.textContent).toMatch(words);
  });
});
