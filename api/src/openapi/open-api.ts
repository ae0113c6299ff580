import { errorAnswerSchema } from '@docksnap/contract';
import type { NestFastifyApplication } from '@nestjs/platform-fastify';
import { DocumentBuilder, type OpenAPIObject, SwaggerModule } from '@nestjs/swagger';
import { joinSecurity, readTokenSecurity, sessionSecurity, tokenSecurity } from '../access/access.decorator.ts';
import { withPushBody } from './push-body.ts';

/** What the API can be asked, from its routes and their schemas. */
export function describeApi(app: NestFastifyApplication): OpenAPIObject {
  const about = new DocumentBuilder()
    .setTitle('DockSnap')
    .setDescription(
      'CPU and memory of every container, as its node reported them. People log in by POST /api/v1/auth/login and ' +
        'carry a session cookie; scripts and Prometheus read with a bearer token that a person made by ' +
        'POST /api/v1/read-tokens; agents push blocks with the bearer token of their pod, or, on machines that joined by ' +
        'POST /api/v1/machines, with one that they sign themselves.',
    )
    .setVersion('1')
    .addCookieAuth('__Host-docksnap', { type: 'apiKey', in: 'cookie' }, sessionSecurity)
    .addBearerAuth({ type: 'http' }, tokenSecurity)
    .addBearerAuth({ type: 'http' }, readTokenSecurity)
    .addBearerAuth({ type: 'http' }, joinSecurity)
    .addGlobalResponse({
      status: 'default',
      description: 'What is wrong, with what, and what to do',
      standardSchema: errorAnswerSchema,
    })
    .build();
  return withPushBody(SwaggerModule.createDocument(app, about), '/api/v1/blocks');
}

/** Serves the description, which holds nothing secret, at /api/openapi.json, and for people to try at /api/docs. */
export function serveDescription(app: NestFastifyApplication): void {
  SwaggerModule.setup('api/docs', app, () => describeApi(app), {
    jsonDocumentUrl: 'api/openapi.json',
    raw: ['json'],
    customSiteTitle: 'DockSnap API',
  });
}
