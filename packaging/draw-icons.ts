/** Draws the program's icon and the tray's pictures out of shapes: `node packaging/draw-icons.ts`. */
import { readFile } from 'node:fs/promises';
import { join } from 'node:path';
import sharp from 'sharp';

const ROOT = join(import.meta.dirname, '..');
/** In points: what a menu bar or a panel gives. Twice as many pixels for dense displays. */
const TRAY_SIZE = 22;

/** Sizes that the icon theme of all Linux desktops has a place for; elsewhere none is looked for. */
const LINUX_SIZES = [16, 24, 32, 48, 64, 128, 256, 512];

/** Lower right corner of each picture; macOS shows its shape only, in the colour of the menu bar. */
const SIGNS: Readonly<Record<string, string>> = {
  quiet: '<rect x="12" y="12" width="8" height="8" rx="1"/>',
  busy: '<path d="M16 11.5 20.5 16H17.5V20.5H14.5V16H11.5Z"/>',
  paused: '<rect x="12" y="12" width="3" height="8"/><rect x="17" y="12" width="3" height="8"/>',
  alert: '<rect x="14.5" y="11.5" width="3" height="5.5"/><rect x="14.5" y="18" width="3" height="3"/>',
};

for (const [name, sign] of Object.entries(SIGNS)) {
  const svg = Buffer.from(`<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 22 22" width="22" height="22">
    <g fill="#8c8c8c"><rect x="2" y="2" width="8" height="8" rx="1"/><rect x="12" y="2" width="8" height="8" rx="1"/>
    <rect x="2" y="12" width="8" height="8" rx="1"/></g><g fill="#f5c518">${sign}</g></svg>`);
  for (const times of [1, 2]) {
    const file = join(ROOT, 'electron', 'pictures', `tray-${name}${times === 1 ? '' : '@2x'}.png`);
    await sharp(svg, { density: 72 * times })
      .resize(TRAY_SIZE * times)
      .png()
      .toFile(file);
  }
}
const icon = await readFile(join(ROOT, 'renderer', 'public', 'icon.svg'));
const drawIcon = (size: number, file: string): Promise<unknown> =>
  sharp(icon, { density: 72 * 32 })
    .resize(size)
    .png({ palette: true })
    .toFile(join(ROOT, 'packaging', file));
await drawIcon(1024, 'icon.png');
for (const size of LINUX_SIZES) await drawIcon(size, join('icons', `${size}x${size}.png`));
