/** How the photos of a selection stand to one concept. */
import type { CommonTags } from '#shared/tagging.ts';

export type CommonConcept = CommonTags['concepts'][number];

/** `mixed`: some of the photos have it, are marked as not having it, or say nothing of it, and others do not. */
export type CommonState = 'present' | 'absent' | 'mixed';

export function commonStateOf(
  { presentCount, absentCount }: Pick<CommonConcept, 'presentCount' | 'absentCount'>,
  photoCount: number,
): CommonState {
  if (presentCount >= photoCount) return 'present';
  return absentCount >= photoCount ? 'absent' : 'mixed';
}
