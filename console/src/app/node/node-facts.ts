import { Component, computed, inject, input } from '@angular/core';
import type { NodeDetail } from '@docksnap/contract';
import { isMachine } from '../machines/machines.ts';
import { Clock } from '../time/clock.ts';
import { counted, formatAge, formatBytes, unknown } from '../units.ts';

interface Fact {
  readonly label: string;
  readonly value: string | null;
  readonly mono?: boolean;
  /** The name under which the agent says why it cannot read this. */
  readonly fact?: string;
}

const join = (values: readonly string[] | null) => (values === null || values.length === 0 ? null : values.join(', '));

function kubelet({ kubeletVersion, containerRuntime }: NodeDetail): Fact {
  return {
    label: 'Kubelet, runtime',
    value: join([kubeletVersion, containerRuntime].filter((name) => name !== null)),
  };
}

/** The machine: what is known of it, and for the rest why not. */
@Component({
  selector: 'ds-node-facts',
  template: `
    <dl class="panel facts" aria-label="Machine">
      @for (fact of facts(); track fact.label) {
        <div>
          <dt>{{ fact.label }}</dt>
          @if (fact.value !== null) {
            <dd [class.mono]="fact.mono">{{ fact.value }}</dd>
          } @else if (fact.reason) {
            <dd class="quiet" [title]="fact.reason">not readable, see below</dd>
          } @else {
            <dd class="quiet">not known</dd>
          }
        </div>
      }
    </dl>
  `,
})
export class NodeFacts {
  readonly node = input.required<NodeDetail>();
  readonly #clock = inject(Clock);

  protected readonly facts = computed(() => {
    const node = this.node();
    return this.#list(node).map((fact) => ({
      ...fact,
      reason: node.missing.find((missing) => missing.fact === fact.fact)?.reason ?? null,
    }));
  });

  #list(node: NodeDetail): readonly Fact[] {
    const machine =
      node.cores === null && node.memoryBytes === null
        ? null
        : `${node.cores === null ? unknown : counted(node.cores, 'core')}, ${formatBytes(node.memoryBytes)}`;
    return [
      { label: 'Machine', value: machine },
      { label: 'Addresses', value: join(node.addresses), mono: true },
      { label: 'Operating system', value: node.osImage },
      { label: 'Kernel', value: node.kernelVersion, mono: true, fact: 'kernelVersion' },
      ...(isMachine(node) ? [] : [kubelet(node)]),
      { label: 'Last sample', value: this.#lastSample(node.lastTickMs) },
      { label: 'System UUID', value: node.systemUuid, mono: true, fact: 'systemUuid' },
      { label: 'Machine id', value: node.machineId, mono: true, fact: 'machineId' },
      { label: 'MAC addresses', value: join(node.macAddresses), mono: true, fact: 'macAddresses' },
      { label: 'Cluster', value: isMachine(node) ? 'none: a machine without Kubernetes' : node.cluster },
    ];
  }

  #lastSample(lastTickMs: number | null): string {
    return lastTickMs === null ? 'never' : `${formatAge(this.#clock.now() - lastTickMs)} ago`;
  }
}
