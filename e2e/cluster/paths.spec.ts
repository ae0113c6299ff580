import { describe, expect, it } from '@jest/globals';
import { cacheDir, clusterId, stateDir } from './paths.ts';

describe('where things lie', () => {
  it('follows the XDG variables', () => {
    expect(cacheDir({ XDG_CACHE_HOME: '/c' })).toBe('/c/docksnap');
    expect(stateDir({ XDG_STATE_HOME: '/s' }, '/one')).toBe(`/s/docksnap/${clusterId({}, '/one')}`);
  });

  it('keeps two checkouts, and two clusters of one, apart', () => {
    const ids = [clusterId({}, '/one'), clusterId({}, '/two'), clusterId({ DOCKSNAP_CLUSTER: 'drill' }, '/one')];
    expect(new Set(ids).size).toBe(3);
    expect(clusterId({}, '/one')).toMatch(/^[0-9a-f]{8}$/);
  });
});
