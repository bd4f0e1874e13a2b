import { Pencil } from 'lucide-react';
import { memo, useSyncExternalStore, type CSSProperties, type ReactNode } from 'react';
import { classNames } from '../parts/class-names.ts';
import { nameOfPhoto, sheetText } from '../text/sheet.ts';
import classes from './cell.module.css';
import { Picture } from './picture.tsx';
import { fitInto, sizeOf, type Size } from './picture-size.ts';
import { StateMark } from './state-mark.tsx';
import { TagLine } from './tag-line.tsx';
import { usePhotoMarks, useSheetRows } from './use-selection.tsx';
import type { SheetRow } from '#shared/sheet.ts';

export interface CellProps {
  readonly place: number;
  /** From 1. */
  readonly column: number;
  readonly frameWidth: number;
  readonly frameHeight: number;
  readonly hasCaption: boolean;
}

/** The id of a photo's cell in the document. */
export function cellId(photoId: number): string {
  return `photo-${String(photoId)}`;
}

/** One photo of the sheet. It draws itself anew only when its own row, or how it is selected, changes. */
export const Cell = memo(function Cell(props: CellProps): ReactNode {
  const { place, column, frameWidth, frameHeight, hasCaption } = props;
  const rows = useSheetRows();
  const row = useSyncExternalStore(rows.onChange, () => rows.rowAt(place));
  const { isSelected, isCursor } = usePhotoMarks(row?.photoId);
  const frame: Size = { width: frameWidth, height: frameHeight };
  const shown = fitInto(row === undefined ? { width: 3, height: 2 } : sizeOf(row), frame);
  if (row === undefined) {
    return (
      <div role="gridcell" aria-colindex={column} aria-label={sheetText.loading} className={classes['cell']}>
        <div className={classes['frame']}>
          <div className={classes['picture']} style={sized(shown)} />
        </div>
      </div>
    );
  }
  return (
    <div
      role="gridcell"
      id={cellId(row.photoId)}
      aria-colindex={column}
      aria-selected={isSelected}
      aria-label={nameOfPhoto(row, isSelected)}
      data-place={place}
      data-photo={row.photoId}
      className={classNames(
        classes['cell'],
        isSelected && classes['selected'],
        isCursor && classes['cursor'],
      )}
    >
      <div className={classes['frame']}>
        <div className={classes['picture']} style={sized(shown)}>
          <Picture key={row.photoId} row={row} shown={shown} />
          <Marks row={row} />
        </div>
      </div>
      {hasCaption && <Caption row={row} width={frameWidth} />}
    </div>
  );
});

function sized({ width, height }: Size): CSSProperties {
  return { width, height };
}

function Marks({ row }: { readonly row: SheetRow }): ReactNode {
  return (
    <>
      {row.hasUnsentTags && (
        <span className={classNames(classes['mark'], classes['unsent'])} title={sheetText.unsentTags}>
          <Pencil aria-hidden="true" />
        </span>
      )}
      <span
        className={classNames(classes['mark'], classes['state'])}
        data-state={row.state}
        aria-hidden="true"
      >
        <StateMark state={row.state} />
      </span>
    </>
  );
}

function Caption({ row, width }: { readonly row: SheetRow; readonly width: number }): ReactNode {
  return (
    <div className={classes['caption']} aria-hidden="true">
      <div className={classes['line']}>
        <span className={classes['name']}>{row.name ?? sheetText.noFile}</span>
        {row.rating !== null && <Rating rating={row.rating} />}
      </div>
      <TagLine tags={row.tags} width={width} />
    </div>
  );
}

function Rating({ rating }: { readonly rating: number }): ReactNode {
  if (rating < 0) return <span className={classes['rating']}>{sheetText.rating(rating)}</span>;
  return (
    <span className={classes['rating']}>
      {[1, 2, 3, 4, 5].map((dot) => (
        <span key={dot} className={dot <= rating ? classes['dot'] : classes['no-dot']} />
      ))}
    </span>
  );
}
