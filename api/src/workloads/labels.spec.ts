import { describe, expect, it } from '@jest/globals';
import { labelTerms } from '@docksnap/contract';
import { hasLabels } from './labels.ts';

const labels = { app: 'web', tier: '', 'app.kubernetes.io/name': 'shop' };

describe('labels', () => {
  it.each([
    ['app=web', true],
    ['app==web', true],
    ['app=api', false],
    ['app!=api', true],
    ['app!=web', false],
    ['team!=a', true],
    ['app', true],
    ['team', false],
    ['!team', true],
    ['!app', false],
    ['tier=', true],
    ['app=web, app.kubernetes.io/name = shop', true],
    ['app=web,team', false],
    ['constructor', false],
    ['!__proto__', true],
  ])('%s holds: %s', (text, holds) => {
    expect(hasLabels(labels, labelTerms.parse(text))).toBe(holds);
  });

  it.each(['', 'a=b=c', '!a=b', 'a b', '=b', 'a=b,', 'a,!'])('"%s" is refused', (text) => {
    expect(labelTerms.safeParse(text).success).toBe(false);
  });
});
