import type { LabelTerm } from '@docksnap/contract';

/** Whether labels are as every term wants them; a label that is not there is not equal to anything. */
export function hasLabels(labels: Readonly<Record<string, string>>, terms: readonly LabelTerm[]): boolean {
  return terms.every(({ label, value, isNot }) => {
    const isThere = Object.hasOwn(labels, label);
    return (isThere && (value === undefined || labels[label] === value)) !== isNot;
  });
}
