import { describe, expect, it } from '@jest/globals';
import { readFileSync } from 'node:fs';
import { join } from 'node:path';
import { parseAllDocuments } from 'yaml';
import { fillIn } from './manifests.ts';
import { CHECKOUT } from '../paths.ts';

const values = {
  IMAGE: 'localhost/docksnap/demo:1',
  DNS_IP: '10.96.0.10',
  VOLUME: '/v',
  NODE: 'node1',
  NAMESPACE: 'docksnap',
};

describe('fillIn', () => {
  it('replaces every name, and leaves the shell alone', () => {
    expect(fillIn('image: ${IMAGE} $n ${IMAGE}', values)).toBe(
      'image: localhost/docksnap/demo:1 $n localhost/docksnap/demo:1',
    );
  });

  it('refuses a name without a value', () => {
    expect(() => fillIn('${TYPO}', values)).toThrow('TYPO');
  });
});

describe('every manifest', () => {
  it.each([
    'e2e/cluster/manifests/coredns.yaml',
    'e2e/cluster/manifests/namespace.yaml',
    'e2e/cluster/manifests/volume.yaml',
    'e2e/demo/shop.yaml',
    'e2e/demo/batch.yaml',
    'e2e/fixtures/monitor.yaml',
  ])('%s is YAML once its names are filled in', (path) => {
    const documents = parseAllDocuments(fillIn(readFileSync(join(CHECKOUT, path), 'utf8'), values));
    expect(documents.flatMap(({ errors }) => errors)).toEqual([]);
    expect(documents.length).toBeGreaterThan(0);
  });
});
