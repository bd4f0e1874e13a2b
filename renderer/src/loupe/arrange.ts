/** How pictures that are compared lie beside one another. Pure. */
import type { Size } from '../sheet/picture-size.ts';

/**
 * The number of columns that shows the pictures largest, all of them together.
 *
 * @param gap between panes, in CSS px like the room
 */
export function columnsFor(pictures: readonly Size[], room: Size, gap: number): number {
  let best = { columns: 1, area: 0 };
  for (let columns = 1; columns <= pictures.length; columns += 1) {
    const rows = Math.ceil(pictures.length / columns);
    const [width, height] = [share(room.width, columns, gap), share(room.height, rows, gap)];
    const area = pictures.reduce((sum, picture) => {
      const scale = Math.min(width / picture.width, height / picture.height);
      return sum + picture.width * picture.height * scale ** 2;
    }, 0);
    if (area > best.area) best = { columns, area };
  }
  return best.columns;
}

function share(length: number, parts: number, gap: number): number {
  return Math.max(1, (length - gap * (parts - 1)) / parts);
}
