import type { V1UserInfo } from '@kubernetes/client-node';
import { Problem } from '../../problem/problem.ts';
import type { Principal } from '../principal.ts';

const agentAccount = 'docksnap-agent';
const operatorAccount = 'docksnap-operator';
const claims = 'authentication.kubernetes.io/';

/**
 * The agent that a reviewed token belongs to. Any pod can ask for a token of any audience, so only the ServiceAccount
 * that the chart made in a watched namespace is let in, and the node is the one that Kubernetes bound the token to.
 */
export function agentOf(user: V1UserInfo, namespaces: readonly string[]): Extract<Principal, { kind: 'agent' }> {
  const allowed = namespaces.map((namespace) => `system:serviceaccount:${namespace}:${agentAccount}`);
  if (user.username === undefined || !allowed.includes(user.username)) {
    throw forbidden(user, `only the ServiceAccount ${agentAccount} of ${namespaces.join(', ')} may push`);
  }
  const [nodeName, nodeUid, podUid] = [claim(user, 'node-name'), claim(user, 'node-uid'), claim(user, 'pod-uid')];
  if (nodeName === undefined || nodeUid === undefined || podUid === undefined) {
    throw forbidden(user, 'the token must be one that the kubelet projected into a pod, it names no node');
  }
  return { kind: 'agent', nodeName, nodeUid, podUid };
}

/** The operator that a reviewed token belongs to. */
export function operatorOf(user: V1UserInfo, namespace: string): Extract<Principal, { kind: 'operator' }> {
  if (user.username !== `system:serviceaccount:${namespace}:${operatorAccount}`) {
    throw forbidden(user, `only the ServiceAccount ${operatorAccount} of ${namespace} may ask this`);
  }
  return { kind: 'operator' };
}

function claim(user: V1UserInfo, name: string): string | undefined {
  return user.extra?.[`${claims}${name}`]?.[0];
}

function forbidden(user: V1UserInfo, why: string): Problem {
  return new Problem(403, 'forbidden', `${user.username ?? 'this user'} is refused: ${why}`);
}
