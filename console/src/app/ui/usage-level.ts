/** From this share on a bar warns. */
export const warningShare = 0.85;
/** Above this share of a memory limit a container is about to be killed. CPU at its limit is only slow. */
export const criticalShare = 0.95;

export type UsageLevel = 'normal' | 'warning' | 'critical';

/** What a share (0 to 1) of a capacity or limit means; `kills` for a memory limit. */
export function usageLevel(share: number, kills: boolean): UsageLevel {
  if (kills && share > criticalShare) return 'critical';
  return share >= warningShare ? 'warning' : 'normal';
}
