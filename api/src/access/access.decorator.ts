import { applyDecorators, SetMetadata } from '@nestjs/common';
import { ApiSecurity } from '@nestjs/swagger';

/** Who may use a route. A route that does not say is closed to all. */
export type Audience = 'public' | 'agent' | 'operator' | 'person';

export const accessKey = 'docksnap:access';

/** How a caller proves who it is, by the names that the API's description gives it. */
export const sessionSecurity = 'session';
export const tokenSecurity = 'bearer';

const security: Readonly<Record<Audience, readonly (ClassDecorator & MethodDecorator)[]>> = {
  public: [],
  agent: [ApiSecurity(tokenSecurity)],
  operator: [ApiSecurity(tokenSecurity)],
  person: [ApiSecurity(sessionSecurity)],
};

/** Opens a route or controller to one kind of caller; the global guard enforces it. */
export const Access = (audience: Audience): ClassDecorator & MethodDecorator =>
  applyDecorators(SetMetadata(accessKey, audience), ...security[audience]);
