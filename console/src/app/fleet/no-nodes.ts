import { Component } from '@angular/core';
import { RouterLink } from '@angular/router';
import { CommandLine } from '../ui/command-line.ts';

/** First run: what must hold before the first sample comes, in the order in which to look. */
@Component({
  selector: 'ds-no-nodes',
  imports: [CommandLine, RouterLink],
  template: `
    <section class="panel">
      <h2>No node has reported yet</h2>
      <p>In a cluster three things must hold. After the last of them the first samples come within half a minute.</p>
      <ol>
        @for (check of checks; track check.title) {
          <li>
            <h3>{{ check.title }}</h3>
            <p>{{ check.text }}</p>
            <ds-command [command]="check.command" />
          </li>
        }
      </ol>
      <section>
        <h3>A machine with Docker and without Kubernetes</h3>
        <p>
          Its agent must have joined, and run: <a routerLink="/machines">add a machine</a>. What it cannot do it says in
          its log, and there:
        </p>
        <ds-command command="curl http://127.0.0.1:8081/healthz" />
      </section>
      <p class="quiet">The page changes by itself when the first sample comes.</p>
    </section>
  `,
  styles: `
    .panel {
      padding: var(--sp-6) var(--sp-5);
      max-width: 760px;
    }
    p {
      color: var(--text-2);
    }
    li,
    section > section {
      display: grid;
      gap: var(--sp-3);
      margin-top: var(--sp-5);
      padding-top: var(--sp-5);
      border-top: 1px solid var(--line);
    }
    .quiet {
      margin-top: var(--sp-5);
      color: var(--text-3);
    }
  `,
})
export class NoNodes {
  protected readonly checks = [
    {
      title: 'A monitor exists and is accepted',
      text: 'Without a DockSnapMonitor no agent runs. Its READY column and conditions say what is missing.',
      command: 'kubectl get docksnapmonitors --all-namespaces',
    },
    {
      title: 'Agents run on the nodes',
      text: 'One agent pod for each Linux node, all ready.',
      command: 'kubectl get pods --all-namespaces -l app.kubernetes.io/component=agent -o wide',
    },
    {
      title: 'Agents reach the API',
      text: 'An agent that is refused or cannot connect says so in its log.',
      command: 'kubectl -n docksnap logs -l app.kubernetes.io/component=agent --tail=20',
    },
  ];
}
