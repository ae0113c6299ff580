import { jest } from '@jest/globals';
import { setupZonelessTestEnv } from 'jest-preset-angular/setup-env/zoneless/index.mjs';
import { FakeMediaQueryList } from './fake-media-query-list.ts';
import { FakeResizeObserver } from './fake-resize-observer.ts';

// The first test of a file compiles what it imports, which takes long on a busy machine.
jest.setTimeout(60_000);

setupZonelessTestEnv({ errorOnUnknownElements: true, errorOnUnknownProperties: true });

// What jsdom lacks: it has no layout, so that nothing matches and nothing has a size, and it does not paint.
window.matchMedia = (query) => new FakeMediaQueryList(query);
window.ResizeObserver = FakeResizeObserver;
HTMLCanvasElement.prototype.getContext = () => null;
