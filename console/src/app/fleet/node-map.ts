import { Component, computed, input } from '@angular/core';
import { RouterLink } from '@angular/router';
import { containerListSchema, limits, type ContainerSummary, type Finding, type NodeSummary } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { containerMark } from '../containers/container-row.ts';
import { nodeMark } from '../node/node-mark.ts';
import { Bones } from '../ui/bones.ts';
import { Mark } from '../ui/mark.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { coresNumber } from '../units.ts';
import { inkOf, type MapMetric } from './map-metrics.ts';

/** A container as a square. */
interface Square {
  readonly id: string;
  /** `heat-0` to `heat-7`; `none` without a limit, `unknown` on a silent node. */
  readonly ink: string;
  readonly isTroubled: boolean;
  readonly words: string;
}

/**
 * The nodes with a square for each container, coloured by a metric. Each node's squares are one stop of the Tab key;
 * arrows move between them.
 */
@Component({
  selector: 'ds-node-map',
  imports: [Bones, Mark, ProblemNote, RouterLink],
  templateUrl: './node-map.html',
  styleUrl: './node-map.css',
})
export class NodeMap {
  readonly nodes = input.required<readonly NodeSummary[]>();
  readonly metric = input.required<MapMetric>();
  readonly findings = input<readonly Finding[]>([]);

  protected readonly containers = apiResource(
    () => ({ path: '/containers', params: { sort: 'name', limit: limits.pageRows } }),
    containerListSchema,
  );
  readonly #byNode = computed(() => Map.groupBy(this.containers.value()?.items ?? [], ({ nodeId }) => nodeId));
  readonly #troubled = computed(() => new Set(this.findings().map(({ subject }) => subject.id)));
  protected readonly leftOut = computed(() => {
    const list = this.containers.value();
    return list === undefined ? 0 : list.total - list.items.length;
  });
  protected readonly tiles = computed(() =>
    this.nodes().map((node) => {
      const own = this.metric().ofNode(node);
      const isSilent = node.state === 'silent';
      return {
        node,
        mark: nodeMark(node),
        isSilent,
        cpu: isSilent ? 'silent' : `${coresNumber(node.cpuCores, 1)} / ${coresNumber(node.cores, 0)} cores`,
        words: own?.words ?? '',
        squares: (this.#byNode().get(node.id) ?? []).map((one) => this.#square(one, isSilent)),
      };
    }),
  );

  /** Arrows, Home and End move the focus within a node's squares. */
  protected move(event: KeyboardEvent): void {
    if (!(event.target instanceof HTMLElement)) return;
    const squares = [...(event.target.closest('ul')?.querySelectorAll('a') ?? [])];
    const at = squares.findIndex((square) => square === event.target);
    const next = { ArrowRight: at + 1, ArrowLeft: at - 1, Home: 0, End: squares.length - 1 }[event.key];
    if (next === undefined) return;
    event.preventDefault();
    squares[Math.min(squares.length - 1, Math.max(0, next))]?.focus();
  }

  #square(container: ContainerSummary, isSilent: boolean): Square {
    const value = isSilent ? null : this.metric().ofContainer(container);
    const isTroubled = this.#troubled().has(container.id) || containerMark(container) === 'critical';
    const known = value?.words ?? (isSilent ? 'not known' : 'nothing to measure by');
    return {
      id: container.id,
      ink: value === null ? (isSilent ? 'unknown' : 'none') : `heat-${inkOf(value.level)}`,
      isTroubled,
      words: `${container.namespace}/${container.name}: ${known}${isTroubled ? ', has a finding' : ''}`,
    };
  }

  reload(): void {
    this.containers.reload();
  }
}
