import { ImageOff } from 'lucide-react';
import { useLayoutEffect, useRef, useState, type ReactNode } from 'react';
import { useEngine } from '../engine/use-engine.tsx';
import { sheetText } from '../text/sheet.ts';
import classes from './picture.module.css';
import { sharpSize, type Size } from './picture-size.ts';
import { usePixelRatio } from './use-pixel-ratio.ts';
import { useHostFacts } from '../frame/use-host-facts.tsx';
import type { SheetRow } from '#shared/sheet.ts';
import { thumbnailName, type CachedSize } from '#shared/thumbnail-names.ts';

/** The address of a row's picture; null when there can be none. */
export function pictureUrl(row: SheetRow, size: CachedSize, thumbnailBase: string): string | null {
  return row.pictureHash === null
    ? null
    : thumbnailBase + thumbnailName(row.pictureHash, row.orientation, size);
}

/** A thumbnail at its size. What is missing in the cache is made, once; then the picture says why there is none. */
export function Picture({ row, shown }: { readonly row: SheetRow; readonly shown: Size }): ReactNode {
  const facts = useHostFacts();
  const pixelRatio = usePixelRatio();
  const size = sharpSize(shown, pixelRatio);
  const url = !row.hasThumbnails ? null : pictureUrl(row, size, facts.thumbnailBase);
  if (url === null) return row.hasThumbnails ? null : <NoPicture row={row} />;
  return <Loaded key={url} url={url} photoId={row.photoId} size={size} />;
}

function NoPicture({ row }: { readonly row: SheetRow }): ReactNode {
  // Photos that are looked at right now get theirs soon; only final ones say that there is none.
  if (row.pictureHash !== null && row.state !== 'failed' && row.state !== 'skipped') return null;
  return <MissingPicture />;
}

/** Says that there is no thumbnail, in the place of one. */
export function MissingPicture(): ReactNode {
  return (
    <span className={classes['missing']} title={sheetText.noThumbnail}>
      <ImageOff aria-hidden="true" />
    </span>
  );
}

function Loaded({ url, photoId, size }: { url: string; photoId: number; size: CachedSize }): ReactNode {
  const engine = useEngine();
  const image = useRef<HTMLImageElement>(null);
  const [attempt, setAttempt] = useState<'first' | 'again' | 'none'>('first');
  useLayoutEffect(() => {
    // What is in the browser's memory is there at once, without a fade.
    if (image.current?.complete === true && image.current.naturalWidth > 0) {
      image.current.dataset['shown'] = 'at-once';
    }
  }, [attempt]);
  if (attempt === 'none') return <MissingPicture />;
  const makeIt = (): void => {
    if (attempt === 'again') {
      setAttempt('none');
      return;
    }
    engine
      .thumbnail({ photoId, size })
      .then(({ path }) => setAttempt(path === null ? 'none' : 'again'))
      .catch(() => setAttempt('none'));
  };
  return (
    <img
      key={attempt}
      ref={image}
      // A fragment, so that the failed answer is not taken from the browser's memory.
      src={attempt === 'first' ? url : `${url}#again`}
      alt=""
      decoding="async"
      draggable={false}
      className={classes['image']}
      onLoad={({ currentTarget }) => {
        currentTarget.dataset['shown'] ??= 'fades';
      }}
      onError={makeIt}
    />
  );
}
