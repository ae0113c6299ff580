import { describe, expect, it } from '@jest/globals';
import { agentOf, operatorOf } from './service-accounts.ts';

const claims = {
  'authentication.kubernetes.io/node-name': ['node1'],
  'authentication.kubernetes.io/node-uid': ['node-uid'],
  'authentication.kubernetes.io/pod-uid': ['pod-uid'],
};
const account = (namespace: string, name: string): string => `system:serviceaccount:${namespace}:${name}`;

describe('agentOf', () => {
  it('is the node that Kubernetes bound the token to', () => {
    const user = { username: account('b', 'docksnap-agent'), extra: claims };
    expect(agentOf(user, ['a', 'b'])).toEqual({
      kind: 'agent',
      nodeName: 'node1',
      nodeUid: 'node-uid',
      podUid: 'pod-uid',
    });
  });

  it.each([
    ['another ServiceAccount', account('a', 'default'), claims],
    ['a namespace that is not watched', account('c', 'docksnap-agent'), claims],
    ['a name that only looks alike', account('a', 'docksnap-agent:x'), claims],
    ['a person', 'docksnap-agent', claims],
    ['nobody', undefined, claims],
    ['a token without a node', account('a', 'docksnap-agent'), {}],
  ])('refuses %s', (_, username, extra) => {
    const user = { ...(username === undefined ? {} : { username }), extra };
    expect(() => agentOf(user, ['a', 'b'])).toThrow(expect.objectContaining({ status: 403 }));
  });
});

describe('operatorOf', () => {
  it("is the release's own ServiceAccount alone", () => {
    expect(operatorOf({ username: account('a', 'docksnap-operator') }, 'a')).toEqual({ kind: 'operator' });
    expect(() => operatorOf({ username: account('b', 'docksnap-operator') }, 'a')).toThrow(/refused/);
  });
});
