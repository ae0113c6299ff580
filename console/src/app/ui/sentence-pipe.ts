import { Pipe, type PipeTransform } from '@angular/core';
import { asSentence } from './sentence.ts';

/** A message of the API, in a template, as a sentence. */
@Pipe({ name: 'sentence' })
export class SentencePipe implements PipeTransform {
  transform(message: string | undefined): string {
    return asSentence(message ?? '');
  }
}
