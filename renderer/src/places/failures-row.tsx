import { Grid3x3, RotateCw } from 'lucide-react';
import type { ReactNode } from 'react';
import { useShow } from '../frame/show-photos.tsx';
import { PathActs } from '../inspector/path-acts.tsx';
import { useCopy } from '../inspector/use-copy.ts';
import { Checkbox } from '../parts/checkbox.tsx';
import { IconButton } from '../parts/icon-button.tsx';
import { VisuallyHidden } from '../parts/visually-hidden.tsx';
import { MissingPicture, Picture } from '../sheet/picture.tsx';
import { fitInto, sizeOf } from '../sheet/picture-size.ts';
import { useRemScale } from '../style/rem.ts';
import { failuresText as text, REMEDY_ACTS } from '../text/failures.ts';
import { inspectorText } from '../text/inspector.ts';
import classes from './failures.module.css';
import type { FailureActs } from './use-failure-acts.ts';
import type { FailedPhoto, FailureGroup } from '#shared/failures.ts';

/** The room for a thumbnail, in CSS px at the interface's normal size. */
const FRAME = { width: 72, height: 48 };

/** One photo, or file, that failed: what it is, what was said of it, and ways to its file. */
export function FailureRow({
  failed,
  group,
  acts,
  isChosen,
  onChoose,
}: {
  readonly failed: FailedPhoto;
  readonly group: FailureGroup;
  readonly acts: FailureActs;
  readonly isChosen: boolean;
  readonly onChoose: (isChosen: boolean) => void;
}): ReactNode {
  const { row, path, isThere, detail } = failed;
  const show = useShow();
  const name =
    path === null ? text.noPath : path.slice(Math.max(path.lastIndexOf('/'), path.lastIndexOf('\\')) + 1);
  const scale = useRemScale();
  const frame = { width: FRAME.width * scale, height: FRAME.height * scale };
  const shown = row === null ? frame : fitInto(sizeOf(row), frame);
  return (
    <div className={classes['photo']}>
      <Checkbox
        label={<VisuallyHidden>{text.choose(name)}</VisuallyHidden>}
        state={isChosen ? 'on' : 'off'}
        onChange={onChoose}
      />
      <div className={classes['frame']}>
        <div className={classes['picture']} style={{ inlineSize: shown.width, blockSize: shown.height }}>
          {row === null ? <MissingPicture /> : <Picture row={row} shown={shown} />}
        </div>
      </div>
      <div className={classes['words']}>
        <p className={classes['path']}>{path ?? text.noPath}</p>
        {!isThere && path !== null && <p className={classes['small']}>{text.gone}</p>}
        {detail !== null && <p className={classes['small']}>{detail}</p>}
        <Facts failed={failed} />
      </div>
      <div className={classes['ways']}>
        <RetryRow failed={failed} group={group} acts={acts} name={name} />
        {row !== null && (
          <IconButton
            label={`${text.showInSheet}: ${name}`}
            icon={<Grid3x3 />}
            onClick={() => show([row.photoId])}
          />
        )}
        {path !== null && (
          <PathActs path={path} shown={isThere ? path : null} nameOf={(words) => `${words}: ${name}`} />
        )}
      </div>
    </div>
  );
}

function RetryRow({
  failed: { photoId, fileId },
  group,
  acts,
  name,
}: {
  readonly failed: FailedPhoto;
  readonly group: FailureGroup;
  readonly acts: FailureActs;
  readonly name: string;
}): ReactNode {
  const { label, way } = REMEDY_ACTS[group.remedy];
  const which = { photoIds: photoId === null ? [] : [photoId], fileIds: fileId === null ? [] : [fileId] };
  const button = `${group.cause} ${String(photoId)} ${String(fileId)}`;
  return (
    <IconButton
      label={`${acts.running === button ? text.asking : label}: ${name}`}
      icon={<RotateCw />}
      disabled={acts.running !== null}
      onClick={() => acts.retry({ which, way, count: 1, button })}
    />
  );
}

function Facts({ failed }: { readonly failed: FailedPhoto }): ReactNode {
  const { statusCode, requestId, attempts, at, nextAt } = failed;
  const copy = useCopy();
  const said = [
    text.failedAt(at),
    text.tries(attempts),
    ...(statusCode === null ? [] : [inspectorText.status(statusCode)]),
    ...(nextAt === null ? [] : [text.next(nextAt)]),
  ];
  return (
    <>
      <p className={classes['small']}>{said.join(' · ')}</p>
      {requestId !== null && (
        <button
          type="button"
          className={classes['request']}
          title={inspectorText.copyRequestId}
          onClick={() => copy(requestId)}
        >
          {inspectorText.requestId} <code>{requestId}</code>
        </button>
      )}
    </>
  );
}
