import type { Tier } from '@docksnap/contract';
import { joinedTracks } from './joined-tracks.ts';
import type { Member } from './member.ts';
import type { Steps } from './steps.ts';
import type { Summed } from './workload-tracks.ts';

/** All that is known of a subject on a time axis. */
export interface Found {
  readonly members: readonly Member[];
  readonly tier: Tier;
  readonly coveredShare: number;
  /** Why it is not all, else null. */
  readonly partial: string | null;
}

/** The share of the time up to now in which nodes were watched. */
export function coveredShare(
  watched: readonly Float64Array[],
  { fromMs, stepMs, count }: Steps,
  nowMs: number,
): number {
  const pastMs = Math.min(fromMs + count * stepMs, nowMs) - fromMs;
  if (watched.length === 0 || pastMs <= 0) return 0;
  const watchedMs = watched.reduce((sum, steps) => sum + steps.reduce((total, ms) => total + ms, 0), 0);
  return Math.min(1, Number((watchedMs / (pastMs * watched.length)).toFixed(4)));
}

/** What is known from sums alone. */
export function foundIn({ members, tier, whole }: Summed): Found {
  return { members, tier, coveredShare: shareWithValues(members, whole), partial: null };
}

/** The steps of sums, and behind them those that were read from the nodes: each is nowhere in the other's steps. */
export function behind(head: Summed, tail: Found, count: number): Found {
  const rest = count - head.whole;
  const laid = (member: Member, isHead: boolean): Member => {
    const nowhere = { tracks: [], watchedMs: new Float64Array(isHead ? rest : head.whole) };
    const here = { tracks: [member.track], watchedMs: member.track.watchedMs };
    const [track = member.track] = (isHead ? joinedTracks(here, nowhere) : joinedTracks(nowhere, here)).tracks;
    return { ...member, track };
  };
  const { coveredShare: share } = foundIn(head);
  const coveredShare = Number(((share * head.whole + tail.coveredShare * rest) / count).toFixed(4));
  return {
    members: [
      ...head.members.map((member) => laid(member, true)),
      ...tail.members.map((member) => laid(member, false)),
    ],
    tier: head.tier,
    coveredShare,
    partial: tail.partial,
  };
}

/** The share of steps of which any member has a value. */
function shareWithValues(members: readonly Member[], count: number): number {
  const steps = Array.from({ length: count }, (_, index) => index);
  const known = steps.filter((index) => members.some(({ track }) => (track.watchedMs[index] ?? 0) > 0));
  return count === 0 ? 0 : Number((known.length / count).toFixed(4));
}
