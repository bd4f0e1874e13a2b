/** Decodes one file in a process of its own, and prints what became of it as JSON: `node decode-child.ts PATH FORMAT`. */
import { decodePicture } from '../../electron/engine/imaging/decode.ts';
import { PHOTO_FORMATS } from '#shared/photo.ts';

const [path = '', named = ''] = process.argv.slice(2);
const format = PHOTO_FORMATS.find((one) => one === named);
if (format === undefined) throw new Error(`"${named}" is no format.`);
const made = await decodePicture({ path, format, orientation: 1 }, async (picture) => ({
  bytes: (await picture.scaled(320).raw().toBuffer()).length,
}));
process.stdout.write(JSON.stringify(made));
