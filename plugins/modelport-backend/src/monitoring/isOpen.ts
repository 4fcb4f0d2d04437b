import { PointRow } from './PointRow';

/** Whether labels of a window are still to come, so that nobody can tell yet how good the version was in it. */
export function isOpen({ labelled }: Pick<PointRow, 'labelled'>): boolean {
  return labelled !== null && labelled < 1;
}
