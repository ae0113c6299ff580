import { bootstrapApplication } from '@angular/platform-browser';
import { App } from './app/app.ts';
import { appConfig } from './app/app.config.ts';
import { letThroughEmptyHtml } from './app/trusted-types.ts';

letThroughEmptyHtml();
await bootstrapApplication(App, appConfig);
