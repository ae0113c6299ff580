import { describe, expect, it } from '@jest/globals';
import { missingPackages } from './requirements.ts';

describe('missingPackages', () => {
  it('is empty where everything is installed', () => {
    expect(missingPackages(() => true)).toEqual([]);
  });

  it('names a package by its Debian name', () => {
    expect(missingPackages((path) => !path.includes('/cni/'))).toEqual(['containernetworking-plugins']);
  });

  it('is content with a program in either of its places', () => {
    expect(missingPackages((path) => path !== '/usr/sbin/runc')).toEqual([]);
  });
});
