import { describe, expect, it } from '@jest/globals';
import { TestBed } from '@angular/core/testing';
import { provideRouter, Router } from '@angular/router';
import { RouterTestingHarness } from '@angular/router/testing';
import { Component } from '@angular/core';
import { UrlState } from './url-state.ts';

@Component({ template: '' })
class Page {}

async function at(url: string) {
  TestBed.configureTestingModule({ providers: [provideRouter([{ path: '**', component: Page }])] });
  await RouterTestingHarness.create(url);
  return { state: TestBed.inject(UrlState), router: TestBed.inject(Router) };
}

describe('UrlState', () => {
  it.each([
    ['names between commas', '/?table=cpu,memory', ['cpu', 'memory']],
    ['each name once, and no empty one', '/?table=cpu,,cpu', ['cpu']],
    ['nothing', '/', []],
    [
      'at most 64 of a hostile list',
      `/?table=${Array.from({ length: 100 }, (_, index) => index).join(',')}`,
      Array.from({ length: 64 }, (_, index) => String(index)),
    ],
  ])('reads %s', async (_sentence, url, names) => {
    const { state } = await at(url);
    expect(state.list('table')()).toEqual(names);
  });

  it('changes what it is told to, takes away what is empty, and leaves the rest', async () => {
    const { state, router } = await at('/?table=cpu&q=web&last=1h');
    state.show({ table: [], q: 'api', hide: ['a', 'b'] });
    await new Promise((resolve) => setTimeout(resolve));
    expect(router.parseUrl(router.url).queryParams).toEqual({ q: 'api', last: '1h', hide: 'a,b' });
  });
});
