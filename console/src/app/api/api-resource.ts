import { httpResource } from '@angular/common/http';
import { computed, linkedSignal, type Signal } from '@angular/core';
import type * as z from 'zod';
import { toProblem, type Problem } from './problem.ts';
import { answerParser } from './unexpected-answer.ts';

/** No answer within this time is an error: the API itself gives up on its database after 5 s. */
export const requestTimeoutMs = 10_000;

export type QueryParams = Readonly<Record<string, string | number>>;

export interface ApiRequest {
  /** Below /api/v1. */
  readonly path: string;
  readonly params?: QueryParams;
  /** Answers to requests of the same identity replace each other on screen without a blank. Default: the path. */
  readonly identity?: string;
}

/** An answer of the API that follows its request. Old values stay while a refresh is under way or fails. */
export interface ApiResource<T> {
  readonly value: Signal<T | undefined>;
  /** Why the newest request failed; undefined while it has not. */
  readonly problem: Signal<Problem | undefined>;
  readonly loading: Signal<boolean>;
  reload(): void;
}

interface Kept<T> {
  readonly identity: string | undefined;
  readonly value: T | undefined;
}

/** Asks the API whenever the request changes; undefined asks nothing. Answers are parsed by the contract's schema. */
export function apiResource<T>(request: () => ApiRequest | undefined, schema: z.ZodType<T>): ApiResource<T> {
  const wanted = computed(request);
  const resource = httpResource(
    () => {
      const current = wanted();
      if (current === undefined) return undefined;
      return { url: `/api/v1${current.path}`, params: { ...current.params }, timeout: requestTimeoutMs };
    },
    { parse: answerParser(schema) },
  );
  const fresh = computed(() => (resource.hasValue() ? resource.value() : undefined));
  const kept = linkedSignal<Kept<T>, Kept<T>>({
    source: () => ({ identity: wanted()?.identity ?? wanted()?.path, value: fresh() }),
    computation: (now, before) => {
      if (now.value !== undefined || before === undefined) return now;
      return before.value.identity === now.identity ? before.value : now;
    },
  });
  return {
    value: computed(() => kept().value),
    problem: computed(() => {
      const error = resource.error();
      return error === undefined ? undefined : toProblem(error);
    }),
    loading: resource.isLoading,
    reload: () => resource.reload(),
  };
}
