import { createParamDecorator, type ExecutionContext, ForbiddenException } from '@nestjs/common';
import type { Scope } from '@docksnap/contract';
import type { Principal } from './principal.ts';

/** Who speaks in each request, as the guard found. A request that no guard has seen has nobody. */
const speakers = new WeakMap<object, Principal>();

export function remember(request: object, principal: Principal): void {
  speakers.set(request, principal);
}

function speaker(context: ExecutionContext): Principal {
  const principal = speakers.get(context.switchToHttp().getRequest<object>());
  if (principal === undefined) throw new ForbiddenException('nobody is known to speak here');
  return principal;
}

type Of<Kind extends Principal['kind']> = Extract<Principal, { kind: Kind }>;

/** The person who speaks; the route must say @Access('person'). */
export const Person = createParamDecorator((_: unknown, context: ExecutionContext): Of<'person'> => {
  const principal = speaker(context);
  if (principal.kind !== 'person') throw new ForbiddenException('this route is for people');
  return principal;
});

/** What the reader who speaks may see: to be applied before any sum, limit, total or stream. */
export const Visible = createParamDecorator((_: unknown, context: ExecutionContext): Scope => {
  const principal = speaker(context);
  if (!('scope' in principal)) throw new ForbiddenException('this route is for people and read tokens');
  return principal.scope;
});

/** The agent that speaks; the route must say @Access('agent'). */
export const Agent = createParamDecorator((_: unknown, context: ExecutionContext): Of<'agent'> => {
  const principal = speaker(context);
  if (principal.kind !== 'agent') throw new ForbiddenException('this route is for agents');
  return principal;
});

/** Who asks to join; the route must say @Access('joiner'). */
export const Joiner = createParamDecorator((_: unknown, context: ExecutionContext): Of<'joiner'> => {
  const principal = speaker(context);
  if (principal.kind !== 'joiner') throw new ForbiddenException('this route is for machines that join');
  return principal;
});
