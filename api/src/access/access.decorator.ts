import { SetMetadata } from '@nestjs/common';

/** Who may use a route. A route that does not say is closed to all. */
export type Audience = 'public' | 'agent' | 'operator' | 'person';

export const accessKey = 'docksnap:access';

/** Opens a route or controller to one kind of caller; the global guard enforces it. */
export const Access = (audience: Audience) => SetMetadata(accessKey, audience);
