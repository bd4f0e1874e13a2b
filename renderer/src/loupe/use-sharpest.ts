/** The addresses of a picture from the quickest to the sharpest that is wanted. */
import { useEffect, useState } from 'react';
import { useEngine } from '../engine/use-engine.tsx';
import { useHostFacts } from '../frame/use-host-facts.tsx';
import { pictureUrl } from '../sheet/picture.tsx';
import type { SheetRow } from '#shared/sheet.ts';
import { PREVIEW_SIZE, WHOLE_SIZE, type CachedSize } from '#shared/thumbnail-names.ts';

export interface Layers {
  /** Below the sharper ones, scaled; first the quickest. */
  readonly urls: readonly string[];
  /** Why the picture cannot be shown sharply; null: it can, or is on its way. */
  readonly problem: string | null;
}

/** What was asked for, and what came of it. */
interface Made {
  readonly key: string;
  readonly sizes: readonly CachedSize[];
  readonly problem: string | null;
}

/**
 * The small thumbnails at once, then the preview, then, when more pixels are wanted, the whole picture; both are made on
 * demand.
 */
export function useSharpest(row: SheetRow | undefined, wantsWhole: boolean): Layers {
  const engine = useEngine();
  const { thumbnailBase } = useHostFacts();
  const key = `${String(row?.photoId)} ${String(row?.pictureHash)} ${String(row?.orientation)}`;
  const [made, setMade] = useState<Made>({ key, sizes: [], problem: null });
  const photoId = row?.pictureHash === null ? undefined : row?.photoId;
  useEffect(() => {
    if (photoId === undefined) return undefined;
    let isWanted = true;
    const make = async (size: CachedSize): Promise<void> => {
      const { path, detail } = await engine.thumbnail({ photoId, size });
      if (!isWanted) return;
      setMade((before) => {
        const sizes = before.key === key ? before.sizes.filter((one) => one !== size) : [];
        return path === null
          ? { key, sizes, problem: detail }
          : { key, sizes: [...sizes, size].sort((a, b) => a - b), problem: null };
      });
    };
    const failed = (error: unknown): void => {
      if (isWanted)
        setMade({ key, sizes: [], problem: error instanceof Error ? error.message : String(error) });
    };
    make(PREVIEW_SIZE)
      .then(() => (wantsWhole && isWanted ? make(WHOLE_SIZE) : undefined))
      .catch(failed);
    return () => {
      isWanted = false;
    };
  }, [engine, photoId, key, wantsWhole]);
  if (row === undefined) return { urls: [], problem: null };
  const sharp = made.key === key ? made.sizes : [];
  const sizes: readonly CachedSize[] = row.hasThumbnails ? [320, 640, ...sharp] : sharp;
  return {
    urls: sizes.flatMap((size) => pictureUrl(row, size, thumbnailBase) ?? []),
    problem: made.key === key ? made.problem : null,
  };
}

/** Has the previews of photos made and loaded that may be looked at next. */
export function usePrepared(rows: readonly (SheetRow | undefined)[]): void {
  const engine = useEngine();
  const { thumbnailBase } = useHostFacts();
  const list = rows.flatMap((row) =>
    row === undefined || row.pictureHash === null
      ? []
      : [{ photoId: row.photoId, url: pictureUrl(row, PREVIEW_SIZE, thumbnailBase) ?? '' }],
  );
  const wanted = JSON.stringify(list);
  useEffect(() => {
    let isWanted = true;
    const prepare = async (): Promise<void> => {
      for (const { photoId, url } of JSON.parse(wanted) as typeof list) {
        if (!isWanted) return;
        const { path } = await engine.thumbnail({ photoId, size: PREVIEW_SIZE });
        if (path !== null && isWanted) await loaded(url);
      }
    };
    // What is only prepared may fail: looking at it says why.
    prepare().catch(() => undefined);
    return () => {
      isWanted = false;
    };
  }, [engine, wanted]);
}

async function loaded(url: string): Promise<void> {
  const image = new Image();
  image.src = url;
  await image.decode();
}
