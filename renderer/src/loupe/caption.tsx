import type { ReactNode } from 'react';
import { StateMark } from '../sheet/state-mark.tsx';
import { TagLine } from '../sheet/tag-line.tsx';
import { sheetText } from '../text/sheet.ts';
import classes from './caption.module.css';
import type { SheetRow } from '#shared/sheet.ts';

/** Width that the tags of a caption may take, in CSS px. */
const TAGS_WIDTH = 520;

/** What is looked at, small, over its lower edge. */
export function Caption({
  row,
  details,
}: {
  readonly row: SheetRow;
  readonly details: readonly string[];
}): ReactNode {
  return (
    <div className={classes['caption']}>
      <StateMark state={row.state} />
      <span className={classes['name']}>{row.name ?? sheetText.noFile}</span>
      {details.map((detail) => (
        <span key={detail} className={classes['detail']}>
          {detail}
        </span>
      ))}
      {row.tags.length > 0 && <TagLine tags={row.tags} width={TAGS_WIDTH} />}
    </div>
  );
}
