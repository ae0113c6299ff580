import { inject, Service } from '@angular/core';
import { Title } from '@angular/platform-browser';
import { TitleStrategy, type RouterStateSnapshot } from '@angular/router';

/** The document's title: what the page shows, then the product. */
@Service()
export class PageTitle extends TitleStrategy {
  readonly #title = inject(Title);

  override updateTitle(snapshot: RouterStateSnapshot): void {
    this.name(this.buildTitle(snapshot) ?? 'Console');
  }

  /** For pages that learn their subject's name later. */
  name(subject: string): void {
    this.#title.setTitle(`${subject} · DockSnap`);
  }
}
