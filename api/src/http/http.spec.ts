import { Socket } from 'node:net';
import { describe, expect, it } from '@jest/globals';
import { ConnectionAges } from './connection-age.ts';
import { loudness, pathOf } from './request-log.ts';

const minuteMs = 60_000;

describe('ConnectionAges', () => {
  it.each([
    [0, 5],
    [0.5, 10],
    [0.999_999, 15],
  ])('when %d is drawn, ends a connection after %i minutes', (drawn, minutes) => {
    const ages = new ConnectionAges(() => drawn);
    const socket = new Socket();
    expect(ages.isOver(socket, 1000)).toBe(false);
    expect(ages.isOver(socket, 1000 + minutes * minuteMs - 1000)).toBe(false);
    expect(ages.isOver(socket, 1000 + minutes * minuteMs)).toBe(true);
    expect(ages.isOver(new Socket(), 1000 + minutes * minuteMs)).toBe(false);
  });
});

describe('the request log', () => {
  it.each([
    ['/api/v1/nodes', 200, 'log'],
    ['/api/v1/blocks', 200, null],
    ['/healthz', 200, null],
    ['/api/v1/blocks', 409, 'warn'],
    ['/readyz', 503, 'error'],
  ])('has for %s with %i: %s', (path, status, level) => {
    expect(loudness(path, status)).toBe(level);
  });

  it('leaves queries out', () => {
    expect(pathOf('/api/v1/series?container=secret')).toBe('/api/v1/series');
  });
});
