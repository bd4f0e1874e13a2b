import { useEffect, useState } from 'react';
import { reportProblem } from '../engine/report-problem.ts';
import { useConnection } from '../engine/use-engine.tsx';
import { useDestinationId, useView } from '../engine/use-glance.tsx';
import { useShow } from './show-photos.tsx';
import type { OpenedPhotos as Opened } from '#shared/sheet.ts';

/** Shows what somebody opened with the program, at its account. */
export function OpenedPhotos(): null {
  const connection = useConnection();
  const destinationId = useDestinationId();
  const { saveView } = useView();
  const show = useShow();
  const [opened, setOpened] = useState<Opened | null>(null);
  useEffect(() => connection.onShow(setOpened), [connection]);
  useEffect(() => {
    if (opened === null) return;
    if (opened.destinationId === destinationId) {
      setOpened(null);
      show(opened.photoIds);
    } else saveView({ destinationId: opened.destinationId }).catch(reportProblem);
  }, [opened, destinationId, saveView, show]);
  return null;
}
