import type { Monitor } from '../monitor.ts';

/** Holds a monitor with deletionPolicy Purge until what is stored of it has gone. No other monitor has it. */
export const purgeFinalizer = 'docksnap.io/purge';

/** Whether nothing is to be done any more: its agents go by their owner references. */
export function isEnding({ metadata }: Monitor): boolean {
  return metadata.deletionTimestamp !== undefined && !metadata.finalizers.includes(purgeFinalizer);
}

/** The finalizers that it should have by its policy; undefined when it has them. */
export function changedFinalizers({ metadata, spec }: Monitor): readonly string[] | undefined {
  const wants = spec.deletionPolicy === 'Purge';
  if (metadata.finalizers.includes(purgeFinalizer) === wants) return undefined;
  return wants ? [...metadata.finalizers, purgeFinalizer] : withoutPurge(metadata.finalizers);
}

export function withoutPurge(finalizers: readonly string[]): readonly string[] {
  return finalizers.filter((one) => one !== purgeFinalizer);
}
