import { Component, inject } from '@angular/core';
import { Router, RouterLink } from '@angular/router';

@Component({
  selector: 'ds-not-found-page',
  imports: [RouterLink],
  template: `
    <div class="page">
      <div class="page-head"><h1>There is no such page</h1></div>
      <p>
        Nothing is at <code>{{ url }}</code>. Go to the <a routerLink="/">fleet</a> or
        <a routerLink="/containers">find a container</a>.
      </p>
    </div>
  `,
})
export class NotFoundPage {
  protected readonly url = inject(Router).url;
}
