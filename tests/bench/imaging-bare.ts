/** Subject of the imaging benchmark: bare sharp, with the sizes and settings of the product and nothing else of it. */
import { writeFile } from 'node:fs/promises';
import path from 'node:path';
import sharp from 'sharp';
import { giveWay } from '../../electron/engine/workers/give-way.ts';
import { answerQuestions } from './measure.ts';

/** One picture to make copies of. */
export interface BareQuestion {
  readonly kind: 'thumbnails' | 'rendition';
  readonly source: string;
  readonly folder: string;
  readonly name: string;
}

// As the product's workers do, so that other programs take as much from both.
giveWay();
sharp.cache(false);
sharp.concurrency(1);

answerQuestions(async ({ kind, source, folder, name }: BareQuestion) => {
  const picture = sharp(source, { sequentialRead: true });
  const target = (size: string): string => path.join(folder, `${name}-${size}`);
  if (kind === 'rendition') {
    const jpeg = await picture.resize(2048, 2048, { fit: 'inside' }).jpeg({ quality: 85 }).toBuffer();
    await writeFile(target('2048.jpg'), jpeg, { flush: true });
    return {};
  }
  const { data, info } = await picture
    .resize(640, 640, { fit: 'inside' })
    .raw()
    .toBuffer({ resolveWithObject: true });
  const large = sharp(data, { raw: { width: info.width, height: info.height, channels: info.channels } });
  const webp = { quality: 78, effort: 2 };
  const webps = await Promise.all([
    large.clone().resize(320, 320, { fit: 'inside' }).webp(webp).toBuffer(),
    large.clone().webp(webp).toBuffer(),
  ]);
  await Promise.all(webps.map((bytes, index) => writeFile(target(`${index}.webp`), bytes)));
  return {};
});
