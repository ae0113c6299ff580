import { jsonPushSchema, pushMediaType } from '@docksnap/contract';
import type { OpenAPIObject } from '@nestjs/swagger';
import * as z from 'zod';

type Schemas = NonNullable<NonNullable<OpenAPIObject['components']>['schemas']>;

/** A description that says what a push may be: Nest sees a body of two media types as none. */
export function withPushBody(document: OpenAPIObject, path: string): OpenAPIObject {
  const route = document.paths[path];
  if (route?.post === undefined) throw new Error(`BUG: no POST ${path} is there to be described`);
  const content = {
    [pushMediaType]: { schema: { type: 'string', format: 'binary' } },
    'application/json': { schema: { $ref: '#/components/schemas/Push' } },
  };
  return {
    ...document,
    paths: {
      ...document.paths,
      [path]: { ...route, post: { ...route.post, requestBody: { required: true, content } } },
    },
    components: { ...document.components, schemas: { ...pushSchemas(), ...document.components?.schemas } },
  };
}

/** The schema of a push as JSON, and those that it is made of. */
function pushSchemas(): Schemas {
  const { definitions } = z.toJSONSchema(jsonPushSchema, { target: 'openapi-3.0', io: 'input' });
  const text = JSON.stringify(definitions).replaceAll('#/definitions/', '#/components/schemas/');
  // zod's type is that of any JSON Schema dialect; the target above makes it OpenAPI's.
  return JSON.parse(text) as Schemas;
}
