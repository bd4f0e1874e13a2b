/** Thumbnails for a generated ledger: a few real pictures, under the names of all its photos. */
import { linkSync, mkdirSync } from 'node:fs';
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import Database from 'better-sqlite3';
import sharp from 'sharp';
import { THUMBNAIL_SIZES, thumbnailName, thumbnailPlace } from '#shared/thumbnail-names.ts';
import { pixels } from './drawing.ts';

/** Long edge and short edge of what is drawn: 3:2, as the ledger says of its photos. */
const SHAPE = 2 / 3;

/** Draws `count` pictures and links each photo's thumbnails in `cacheFolder` to one of them. */
export async function linkThumbnails(ledgerPath: string, cacheFolder: string, count = 200): Promise<void> {
  const drawn = path.join(cacheFolder, 'drawn');
  mkdirSync(drawn, { recursive: true });
  for (let seed = 0; seed < count; seed += 1) await draw(drawn, seed);
  const db = new Database(ledgerPath, { readonly: true });
  const hashes = db
    .prepare<[], string>('SELECT picture_hash FROM photo WHERE picture_hash IS NOT NULL ORDER BY id')
    .pluck()
    .all();
  db.close();
  for (let first = 0; first < 256; first += 1)
    mkdirSync(path.join(cacheFolder, first.toString(16).padStart(2, '0')), { recursive: true });
  for (const [index, hash] of hashes.entries()) {
    for (const size of THUMBNAIL_SIZES) {
      const name = thumbnailPlace(thumbnailName(hash, 1, size));
      linkSync(path.join(drawn, `${index % count}-${size}.webp`), path.join(cacheFolder, name));
    }
  }
}

async function draw(folder: string, seed: number): Promise<void> {
  const [width, height] = [96, 64];
  for (const size of THUMBNAIL_SIZES) {
    const picture = await sharp(pixels(width, height, seed + 1), { raw: { width, height, channels: 3 } })
      .resize(size, Math.round(size * SHAPE), { kernel: 'cubic' })
      .webp({ quality: 80, effort: 0 })
      .toBuffer();
    await writeFile(path.join(folder, `${seed}-${size}.webp`), picture);
  }
}
