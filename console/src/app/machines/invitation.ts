import { DOCUMENT } from '@angular/common';
import { Component, computed, inject, signal } from '@angular/core';
import type { MadeJoinToken } from '@docksnap/contract';
import { type Problem, toProblem } from '../api/problem.ts';
import { Clock } from '../time/clock.ts';
import { CommandLine } from '../ui/command-line.ts';
import { ProblemNote } from '../ui/problem-note.ts';
import { formatAge, formatClock } from '../units.ts';
import { joinLine, unknownAddress } from './join-line.ts';
import { JoinedMachines } from './joined-machines.ts';

/** Makes the line by which one machine joins, and shows it until it is good no more. Nothing remembers it. */
@Component({
  selector: 'ds-invitation',
  imports: [CommandLine, ProblemNote],
  templateUrl: './invitation.html',
  styles: `
    :host {
      display: grid;
      gap: var(--sp-4);
      padding: 0 calc(var(--cell-x) + var(--sp-1)) var(--sp-5);
    }
    p {
      max-width: 72ch;
      color: var(--text-2);
    }
    .button {
      justify-self: start;
    }
  `,
})
export class Invitation {
  readonly #machines = inject(JoinedMachines);
  readonly #clock = inject(Clock);
  readonly #origin = inject(DOCUMENT).location.origin;
  readonly #made = signal<MadeJoinToken | undefined>(undefined);
  protected readonly isUnderWay = signal(false);
  protected readonly problem = signal<Problem | undefined>(undefined);
  protected readonly unknownAddress = unknownAddress;
  readonly #leftMs = computed(() => (this.#made()?.expiresAtMs ?? 0) - this.#clock.now());
  protected readonly hasExpired = computed(() => this.#made() !== undefined && this.#leftMs() <= 0);
  protected readonly line = computed(() => {
    const made = this.#made();
    return made === undefined || this.hasExpired() ? undefined : joinLine(made, this.#origin);
  });
  protected readonly lacksAddress = computed(() => this.line()?.includes(unknownAddress) === true);
  protected readonly until = computed(() => formatClock(this.#made()?.expiresAtMs ?? 0));
  protected readonly left = computed(() => formatAge(this.#leftMs()));

  protected async make(): Promise<void> {
    if (this.isUnderWay()) return;
    this.isUnderWay.set(true);
    this.problem.set(undefined);
    try {
      this.#made.set(await this.#machines.invite());
    } catch (error) {
      this.problem.set(toProblem(error));
    } finally {
      this.isUnderWay.set(false);
    }
  }
}
