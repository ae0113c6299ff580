import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';

/**
 * Who may use a route. A route that does not say is closed to all. A `reader` is a person, or a script with a read
 * token: for routes that answer with what is measured and change nothing.
 */
export type Audience = 'public' | 'agent' | 'joiner' | 'operator' | 'person' | 'reader';

export const accessKey = 'docksnap:access';

/** How a caller proves who it is, by the names that the API's description gives it. */
export const sessionSecurity = 'session';
export const tokenSecurity = 'bearer';
export const readTokenSecurity = 'readToken';
export const joinSecurity = 'joinToken';

const security: Readonly<Record<Audience, readonly string[]>> = {
  public: [],
  agent: [tokenSecurity],
  joiner: [joinSecurity],
  operator: [tokenSecurity],
  person: [sessionSecurity],
  reader: [sessionSecurity, readTokenSecurity],
};

/** Opens a route or controller to one kind of caller; the global guard enforces it. */
export const Access = (audience: Audience): ClassDecorator & MethodDecorator =>
  // Made anew each time: one such decorator used twice says everything twice.
  applyDecorators(SetMetadata(accessKey, audience), ...security[audience].map((name) => ApiSecurity(name)));
