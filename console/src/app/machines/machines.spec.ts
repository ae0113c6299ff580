import { describe, expect, it } from '@jest/globals';
import { aNode } from '../../testing/answers.ts';
import { areMachines, isMachine, kindWords, originWords, partOf } from './machines.ts';

const machine = aNode({ cluster: 'machines', ready: null });

describe('machines', () => {
  it.each([
    ['a node of a cluster', aNode(), false],
    ['a machine that joined', machine, true],
  ])('are told from nodes: %s', (_sentence, node, expected) => {
    expect(isMachine(node)).toBe(expected);
  });

  it.each([
    ['nothing is known', [], false],
    ['there are machines alone', [machine, machine], true],
    ['a cluster has nodes beside them', [machine, aNode()], false],
  ])('are all that there is: %s', (_sentence, nodes, expected) => {
    expect(areMachines(nodes)).toBe(expected);
  });

  it.each([
    ['Kubernetes’ own', 'kube-system', null],
    ['of the engine', '_docker', 'containers of the Docker engine'],
    ['of the system', '_system', 'services of the system'],
    ['of another origin, however it is called', '__proto__', 'on machines without Kubernetes'],
    ['of another origin', '_later', 'on machines without Kubernetes'],
  ])('have namespaces that say what they are: %s', (_sentence, namespace, expected) => {
    expect(originWords(namespace)).toBe(expected);
  });

  it.each([
    ['shop', 'pod'],
    ['_docker', 'container'],
  ])('have workloads of parts: %s', (namespace, expected) => {
    expect(partOf(namespace)).toBe(expected);
  });

  it.each([
    ['ComposeProject', 'Compose project'],
    ['StatefulSet', 'StatefulSet'],
  ])('have workloads of a kind: %s', (kind, expected) => {
    expect(kindWords(kind)).toBe(expected);
  });
});
