/** What is chosen of a group of failures: one by one, from one to another, or all. */
import { useMemo, useRef, useState } from 'react';
import { reportProblem } from '../engine/report-problem.ts';
import { useEngine, useLive } from '../engine/use-engine.tsx';
import { useDestinationId } from '../engine/use-glance.tsx';
import type { FailedPhoto, FailureGroup, FailureIds } from '#shared/failures.ts';

interface Ids {
  readonly photoIds: ReadonlySet<number>;
  readonly fileIds: ReadonlySet<number>;
}

export interface ChosenFailures {
  readonly ids: FailureIds;
  readonly count: number;
  readonly has: (failed: FailedPhoto) => boolean;
  /** @param place of the row in the group @param extends whether all from the one chosen before to this one are meant */
  readonly choose: (failed: FailedPhoto, place: number, isOn: boolean, extend: boolean) => void;
  readonly chooseAll: () => void;
  readonly chooseNone: () => void;
}

const NONE: Ids = { photoIds: new Set(), fileIds: new Set() };
/** As many as an act can be about. */
const MOST = 1_000_000;

/** Starts with none. What is no failure of the group any more is not chosen either. */
export function useChosenFailures({ cause, photoCount, fileCount }: FailureGroup): ChosenFailures {
  const engine = useEngine();
  const destinationId = useDestinationId();
  const [wanted, setWanted] = useState(NONE);
  // Where the last one was chosen, and of how many: rows that went since have moved the others.
  const last = useRef<{ readonly place: number; readonly of: number } | null>(null);
  const total = photoCount + fileCount;
  const isAny = wanted.photoIds.size + wanted.fileIds.size > 0;
  const { value: failed } = useLive(
    'failureIds',
    isAny ? { destinationId, cause, from: 0, count: MOST } : null,
    ['photos', 'folders'],
  );
  const ids = useMemo(
    () =>
      failed === undefined
        ? { photoIds: [...wanted.photoIds], fileIds: [...wanted.fileIds] }
        : {
            photoIds: failed.photoIds.filter((id) => wanted.photoIds.has(id)),
            fileIds: failed.fileIds.filter((id) => wanted.fileIds.has(id)),
          },
    [wanted, failed],
  );
  const chooseRows = (from: number, count: number, isOn: boolean): void => {
    engine.failureIds({ destinationId, cause, from, count }).then(
      (rows) => setWanted((before) => changed(before, rows, isOn)),
      (problem: unknown) => reportProblem(problem),
    );
  };
  return {
    ids,
    count: ids.photoIds.length + ids.fileIds.length,
    has: ({ photoId, fileId }) =>
      (photoId !== null && wanted.photoIds.has(photoId)) || (fileId !== null && wanted.fileIds.has(fileId)),
    choose({ photoId, fileId }, place, isOn, extend) {
      const begun = last.current;
      last.current = { place, of: total };
      if (extend && begun?.of === total) {
        chooseRows(Math.min(begun.place, place), Math.abs(begun.place - place) + 1, isOn);
        return;
      }
      const one = {
        photoIds: photoId === null ? [] : [photoId],
        fileIds: fileId === null ? [] : [fileId],
      };
      setWanted((before) => changed(before, one, isOn));
    },
    chooseAll: () => chooseRows(0, MOST, true),
    chooseNone() {
      last.current = null;
      setWanted(NONE);
    },
  };
}

function changed(before: Ids, { photoIds, fileIds }: FailureIds, isOn: boolean): Ids {
  return {
    photoIds: withThese(before.photoIds, photoIds, isOn),
    fileIds: withThese(before.fileIds, fileIds, isOn),
  };
}

function withThese(before: ReadonlySet<number>, ids: readonly number[], isOn: boolean): ReadonlySet<number> {
  const next = new Set(before);
  for (const id of ids) {
    if (isOn) next.add(id);
    else next.delete(id);
  }
  return next;
}
