import { Component, computed, inject, signal } from '@angular/core';
import { machineListSchema } from '@docksnap/contract';
import { apiResource } from '../api/api-resource.ts';
import { toProblem } from '../api/problem.ts';
import { followTicks } from '../live/follow-ticks.ts';
import { Clock } from '../time/clock.ts';
import { Bones } from '../ui/bones.ts';
import { EmptyState } from '../ui/empty-state.ts';
import { Mark } from '../ui/mark.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { SentencePipe } from '../ui/sentence-pipe.ts';
import { formatMoment } from '../units.ts';
import { Invitation } from './invitation.ts';
import { JoinedMachines } from './joined-machines.ts';

/** Machines with Docker and without Kubernetes: lets one join, lists and removes those that did. */
@Component({
  selector: 'ds-machines-page',
  imports: [Bones, EmptyState, Invitation, Mark, ProblemNote, SentencePipe],
  templateUrl: './machines-page.html',
  styles: `
    .panel {
      max-width: 860px;
    }
    .sure {
      display: flex;
      flex-wrap: wrap;
      gap: var(--sp-3);
      align-items: center;
    }
    .wrong {
      padding: 0 calc(var(--cell-x) + var(--sp-1)) var(--sp-4);
      color: var(--critical-text);
    }
  `,
})
export class MachinesPage {
  readonly #machines = inject(JoinedMachines);
  readonly #clock = inject(Clock);
  protected readonly list = apiResource(() => ({ path: '/machines' }), machineListSchema);
  protected readonly isForbidden = computed(() => this.list.problem()?.status === 403);
  protected readonly rows = computed(() => {
    const nowMs = this.#clock.read();
    return this.list.value()?.items.map(({ id, name, joinedAtMs, invitedBy }) => {
      return { id, name, invitedBy, joined: formatMoment(joinedAtMs, nowMs) };
    });
  });
  /** The machine that is to be removed when the person says so once more. */
  protected readonly doubted = signal<string | undefined>(undefined);
  protected readonly isUnderWay = signal(false);
  protected readonly wrong = signal('');

  constructor() {
    followTicks(() => {
      this.list.reload();
    });
  }

  protected ask(id: string | undefined): void {
    this.wrong.set('');
    this.doubted.set(id);
  }

  protected async remove(id: string): Promise<void> {
    if (this.isUnderWay()) return;
    this.isUnderWay.set(true);
    try {
      await this.#machines.remove(id);
      this.ask(undefined);
    } catch (error) {
      this.wrong.set(toProblem(error).message);
    } finally {
      this.isUnderWay.set(false);
      this.list.reload();
    }
  }
}
