import { describe, expect, it } from '@jest/globals';
import { strictSchemas } from './strict-schemas.ts';

const kindOf = (group: string, kind: string) => ({
  'x-kubernetes-group-version-kind': [{ group, version: 'v1', kind }],
});

describe("schemas of Kubernetes' OpenAPI document", () => {
  const files = strictSchemas({
    definitions: {
      'a.Pod': { ...kindOf('', 'Pod'), properties: { spec: { $ref: '#/definitions/a.Spec' } } },
      'a.Role': kindOf('rbac.authorization.k8s.io', 'Role'),
      'a.Spec': {
        properties: { port: { $ref: '#/definitions/a.Port' }, labels: { items: { $ref: '#/definitions/a.Map' } } },
      },
      'a.Port': { type: 'string', format: 'int-or-string' },
      'a.Map': { type: 'object', additionalProperties: { type: 'string' } },
    },
  });

  it('are in files of the names that kubeconform asks for', () => {
    expect([...files.keys()].sort()).toEqual(['_definitions.json', 'pod-v1.json', 'role-rbac-v1.json']);
    expect(files.get('pod-v1.json')).toEqual({ $ref: '_definitions.json#/definitions/a.Pod' });
  });

  it('refuse what is not named, where names are given, and take numbers for what may be either', () => {
    expect(files.get('_definitions.json')).toMatchObject({
      definitions: {
        'a.Pod': {
          additionalProperties: false,
          properties: { spec: { $ref: '_definitions.json#/definitions/a.Spec' } },
        },
        'a.Spec': { properties: { labels: { items: { $ref: '_definitions.json#/definitions/a.Map' } } } },
        'a.Port': { anyOf: [{ type: 'string' }, { type: 'integer' }] },
        'a.Map': { additionalProperties: { type: 'string' } },
      },
    });
  });
});
