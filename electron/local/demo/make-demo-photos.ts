/**
 * Makes the sample photos in `photos/`, which the project carries: `node make-demo-photos.ts [name …]`.
 *
 * They are drawn, not taken: every pixel comes out of the formulas in `scenes/`, seeded and without any picture, texture
 * or font of anybody, and people, places and cameras in their metadata are invented. They are part of this project and
 * under its licence (MIT). The same script gives the same pixels. Only developers run it (about half an hour on two cores,
 * and perl for ExifTool, which writes the metadata); the photos are committed.
 */
import { execFile } from 'node:child_process';
import { mkdir, rm, writeFile } from 'node:fs/promises';
import { availableParallelism } from 'node:os';
import path from 'node:path';
import { promisify } from 'node:util';
import { Worker, isMainThread, workerData } from 'node:worker_threads';
import sharp from 'sharp';
import { develop } from './drawing/develop.ts';
import { hash } from './drawing/noise.ts';
import { DEMO_PHOTOS } from './photo-list.ts';
import type { DemoPhoto } from './photo-list.ts';

const PHOTOS = path.join(import.meta.dirname, 'photos');
const EXIFTOOL = path.join(import.meta.dirname, '../../../node_modules/exiftool-vendored.pl/bin/exiftool');
/** How to turn upright pixels so that a reader who obeys the orientation sees them upright. */
const TURNS = { 1: 0, 3: 180, 6: 270, 8: 90 } as const;

/** A 24-bit BMP, bottom row first. */
function bmp(rgb: Buffer, width: number, height: number): Buffer {
  const rowBytes = Math.ceil((width * 3) / 4) * 4;
  const made = Buffer.alloc(54 + rowBytes * height);
  made.write('BM', 0, 'latin1');
  made.writeUInt32LE(made.length, 2);
  made.writeUInt32LE(54, 10);
  made.writeUInt32LE(40, 14);
  made.writeInt32LE(width, 18);
  made.writeInt32LE(height, 22);
  made.writeUInt16LE(1, 26);
  made.writeUInt16LE(24, 28);
  for (let y = 0; y < height; y += 1)
    for (let x = 0; x < width; x += 1)
      for (let c = 0; c < 3; c += 1)
        made[54 + (height - 1 - y) * rowBytes + x * 3 + c] = rgb[(y * width + x) * 3 + 2 - c]!;
  return made;
}

async function encoded(photo: DemoPhoto): Promise<Buffer> {
  const { scene, frame = 0, width = 1600, height = 1067, samples = 3, orientation = 1 } = photo;
  const ending = path.extname(photo.file);
  const grainless = ending === '.png' || ending === '.gif' || ending === '.tif';
  const seed = hash(photo.file.length, Number(photo.capturedAt.replaceAll(/\D/g, '').slice(6, 14)));
  const negative = scene.shoot(width, height, samples, frame);
  const rgb = develop(negative, seed, { ...scene.development, ...(grainless && { grain: 0 }) });
  if (ending === '.bmp') return bmp(rgb, width, height);
  let image = sharp(rgb, { raw: { width, height, channels: 3 } }).rotate(TURNS[orientation]);
  if (photo.wide) image = image.withIccProfile('p3');
  switch (ending) {
    case '.png':
      return image.png({ compressionLevel: 9 }).toBuffer();
    case '.webp':
      return image.webp({ quality: 78, effort: 6 }).toBuffer();
    case '.tif':
      return image.tiff({ compression: 'deflate', predictor: 'horizontal' }).toBuffer();
    case '.avif':
      return image.avif({ quality: 55, effort: 5 }).toBuffer();
    case '.gif':
      return image.gif({ effort: 8, colours: 128 }).toBuffer();
    default:
      return image.jpeg({ quality: 84, mozjpeg: true, chromaSubsampling: '4:2:0' }).toBuffer();
  }
}

/** ExifTool's arguments for what the file says about the photo. */
function facts(photo: DemoPhoto): string[] {
  const [day, time] = photo.capturedAt.split('T') as [string, string];
  const [second, fraction] = time.split('.') as [string, string?];
  const taken = `${day.replaceAll('-', ':')} ${second}`;
  const [lens, aperture, seconds, iso] = photo.shot;
  const isExif = !['.gif', '.bmp'].includes(path.extname(photo.file));
  const flat = photo.keywords.map((keyword) => keyword.split('|').at(-1)!);
  const exif = [
    ['EXIF:Make', 'Lumen'],
    ['EXIF:Model', 'Lumen L1'],
    ['EXIF:LensModel', lens],
    ['EXIF:FNumber', aperture],
    ['EXIF:ExposureTime', seconds],
    ['EXIF:ISO', iso],
    ['EXIF:DateTimeOriginal', taken],
    ['EXIF:OffsetTimeOriginal', '+02:00'],
    ['EXIF:SubSecTimeOriginal', fraction],
    ['EXIF:CreateDate', taken],
    ['EXIF:OffsetTimeDigitized', '+02:00'],
    ['EXIF:Copyright', 'Drawn by a script, MIT licence'],
    ['EXIF:ImageDescription', photo.caption],
    ['EXIF:Orientation#', photo.orientation ?? 1],
    ['EXIF:GPSLatitude', photo.gps && Math.abs(photo.gps[0])],
    ['EXIF:GPSLatitudeRef', photo.gps && (photo.gps[0] < 0 ? 'S' : 'N')],
    ['EXIF:GPSLongitude', photo.gps && Math.abs(photo.gps[1])],
    ['EXIF:GPSLongitudeRef', photo.gps && (photo.gps[1] < 0 ? 'W' : 'E')],
  ] as const;
  const xmp = [
    ['XMP-photoshop:DateCreated', `${taken}+02:00`],
    ['XMP-dc:Description', photo.caption],
    ['XMP-xmp:Rating', photo.rating],
    ...flat.map((keyword) => ['XMP-dc:Subject', keyword] as const),
    ...photo.keywords.map((keyword) => ['XMP-lr:HierarchicalSubject', keyword] as const),
  ] as const;
  const iptc = [
    ['IPTC:Caption-Abstract', photo.caption],
    ...flat.map((keyword) => ['IPTC:Keywords', keyword] as const),
  ] as const;
  const isJpeg = photo.file.endsWith('.jpg');
  const all = [...(isExif ? exif : []), ...xmp, ...(isJpeg ? iptc : [])];
  return all.filter(([, value]) => value !== undefined).map(([name, value]) => `-${name}=${value}`);
}

async function make(photo: DemoPhoto): Promise<void> {
  const startedAt = Date.now();
  const target = path.join(PHOTOS, photo.file);
  await mkdir(path.dirname(target), { recursive: true });
  const content = await encoded(photo);
  await writeFile(target, content);
  // A BMP has no room for facts; they go into a sidecar, as photo programs do it.
  const carrier = target.endsWith('.bmp') ? target.replace(/bmp$/, 'xmp') : target;
  if (carrier !== target) await rm(carrier, { force: true });
  const preset = ['-q', '-overwrite_original', '-codedcharacterset=utf8', '-charset', 'iptc=utf8'];
  await promisify(execFile)('perl', [EXIFTOOL, ...preset, ...facts(photo), carrier]);
  console.log(
    `${photo.file}: ${Math.round(content.length / 1024)} KB, ${Math.round((Date.now() - startedAt) / 1000)} s`,
  );
}

if (isMainThread) {
  const names = process.argv.slice(2);
  const wanted = DEMO_PHOTOS.filter(
    ({ file }) => names.length === 0 || names.some((name) => file.includes(name)),
  );
  const left = wanted.map((photo) => photo.file);
  const renderNext = (): Promise<void> => {
    const file = left.shift();
    if (file === undefined) return Promise.resolve();
    return new Promise<void>((resolve, reject) => {
      const worker = new Worker(new URL(import.meta.url), { workerData: file });
      worker.once('error', reject);
      worker.once('exit', (code) => (code === 0 ? resolve() : reject(new Error(`${file} was not made.`))));
    }).then(renderNext);
  };
  await Promise.all(Array.from({ length: availableParallelism() }, renderNext));
} else {
  const photo = DEMO_PHOTOS.find(({ file }) => file === workerData);
  if (photo === undefined)
    throw new Error(`There is no sample photo ${String(workerData)} in photo-list.ts.`);
  await make(photo);
}
