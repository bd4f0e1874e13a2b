import { Check, X } from 'lucide-react';
import type { ReactNode } from 'react';
import { useRemScale } from '../style/rem.ts';
import { sheetText } from '../text/sheet.ts';
import classes from './tag-line.module.css';
import { tagsThatFit } from './tags-that-fit.ts';
import type { ShownTag } from '#shared/sheet.ts';

/** Tags under a picture, those that fit; how many more there are is told. */
export function TagLine({
  tags,
  width,
}: {
  readonly tags: readonly ShownTag[];
  readonly width: number;
}): ReactNode {
  const { fitting, more } = tagsThatFit(tags, width / useRemScale());
  return (
    <div className={classes['tags']}>
      {fitting.map((tag) => (
        <span key={tag.conceptId} className={tag.value === 1 ? classes['present'] : classes['absent']}>
          {tag.value === 1 ? <Check /> : <X />}
          <span className={classes['words']}>{tag.name}</span>
        </span>
      ))}
      {more > 0 && <span className={classes['more']}>{sheetText.moreTags(more)}</span>}
    </div>
  );
}
