/** How many tags have room on one line, reckoned by their letters so that nothing has to be measured. */
import type { ShownTag } from '#shared/sheet.ts';

/** Width of a letter of the small type on average, of a tag's mark with its gaps, and of "+12", in CSS px at the interface's normal size. */
const LETTER = 6;
const MARK = 24;
const MORE = 28;

/** The first tags that fit into a width (at least one, which is cut), and how many are left. */
export function tagsThatFit(
  tags: readonly ShownTag[],
  width: number,
): { readonly fitting: readonly ShownTag[]; readonly more: number } {
  let used = 0;
  let count = 0;
  for (const tag of tags) {
    used += tag.name.length * LETTER + MARK;
    const isLast = count === tags.length - 1;
    if (count > 0 && used > width - (isLast ? 0 : MORE)) break;
    count += 1;
  }
  return { fitting: tags.slice(0, count), more: tags.length - count };
}
