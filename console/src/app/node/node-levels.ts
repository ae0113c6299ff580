import { Component, computed, input } from '@angular/core';
import type { NodeDetail } from '@docksnap/contract';
import { isMachine } from '../machines/machines.ts';
import { CommandLine } from '../ui/command-line.ts';
import { Mark } from '../ui/mark.ts';
import { levelsOf } from './levels.ts';

/** The levels of privilege: what each shows, what it takes, and how an admin turns it on. */
@Component({
  selector: 'ds-node-levels',
  imports: [CommandLine, Mark],
  template: `
    <section class="panel" aria-label="What this node may show">
      <div class="panel-head">
        <h2>What this node may show</h2>
        <p class="sentence">{{ sentence() }}</p>
      </div>
      <ol>
        @for (level of levels(); track level.name; let index = $index) {
          <li>
            <span class="name"><ds-mark [kind]="level.isOn ? 'ok' : 'unknown'" /> {{ index }}. {{ level.name }}</span>
            <span>{{ level.shows }}</span>
            <span class="quiet">{{ level.needs }}</span>
            <span class="quiet state">{{ level.isOn ? 'on' : 'off' }}</span>
            @if (level.patch; as patch) {
              <details>
                <summary>Show the patch</summary>
                <ds-command [command]="patch" />
              </details>
            }
          </li>
        }
      </ol>
      <p class="never quiet">
        On no level: pressure stall (PSI), and use per network interface or volume. DockSnap does not collect them.
      </p>
    </section>
  `,
  styles: `
    li {
      display: grid;
      grid-template-columns: 140px minmax(0, 3fr) minmax(0, 2fr) 40px;
      gap: var(--sp-2) var(--sp-5);
      padding: var(--sp-4) calc(var(--cell-x) + var(--sp-1));
      border-top: 1px solid var(--line);
    }
    .never {
      padding: var(--sp-4) calc(var(--cell-x) + var(--sp-1));
      border-top: 1px solid var(--line);
    }
    .name {
      font-weight: var(--fw-medium);
    }
    .state {
      text-align: right;
    }
    details {
      grid-column: 2 / -1;
      min-width: 0;
    }
    summary {
      padding: var(--sp-2) 0;
      color: var(--accent);
      cursor: pointer;
    }
    @media (max-width: 1023px) {
      li {
        grid-template-columns: minmax(0, 1fr) auto;
      }
      li > span:not(.name, .state) {
        grid-column: 1 / -1;
      }
      .state {
        grid-column: 2;
        grid-row: 1;
      }
      details {
        grid-column: 1 / -1;
      }
    }
  `,
})
export class NodeLevels {
  readonly node = input.required<NodeDetail>();
  protected readonly sentence = computed(() =>
    isMachine(this.node())
      ? 'what its agent reads of a machine without Kubernetes'
      : 'each level takes more privilege; an admin sets it in the DockSnapMonitor',
  );
  protected readonly levels = computed(() => levelsOf(this.node()));
}
