import { DOCUMENT, inject, Service } from '@angular/core';

/** Where a URL of a blob is no longer needed: long after any browser has begun to save it, ms. */
const keptMs = 10_000;

/** Gives files to the person, as downloads. */
@Service()
export class SaveFile {
  readonly #document = inject(DOCUMENT);

  /** Saves under a name; what a file system would not take in it becomes a dash. */
  save(name: string, content: Blob): void {
    const url = URL.createObjectURL(content);
    const link = this.#document.createElement('a');
    link.href = url;
    link.download = name.replaceAll(/[^\w.-]+/g, '-').slice(0, 120);
    link.click();
    setTimeout(() => {
      URL.revokeObjectURL(url);
    }, keptMs);
  }

  saveText(name: string, type: string, text: string): void {
    this.save(name, new Blob([text], { type }));
  }
}
