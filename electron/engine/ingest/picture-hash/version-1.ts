/**
 * The picture hash, version 1. FROZEN: inputs on the service are named after it. A change of anything below is a
 * version 2, never an edit; `tests/unit/identity/golden.test.ts` holds it with golden vectors.
 *
 * Definition: SHA-256 over the ASCII text `tagalong picture 1\n`, the family's name, `\n`, and the family's body.
 * Numbers are big-endian unless said otherwise; "verbatim" means as they are in the file.
 *
 * - `jpeg`: verbatim from SOI to the first EOI that is not inside a segment, both included, without: APP0–APP13 and
 *   APP15 and COM segments, fill bytes (FF before FF), and bytes between segments that no decoder reads. Restart
 *   markers and stuffed zeros stay. Nothing behind EOI counts (multi-picture, motion video, gain map). No EOI: to the end of
 *   the file. A segment whose length is impossible: everything from its marker on, verbatim.
 * - `png`: for IHDR, PLTE, tRNS, acTL, as they come: type, length (4 bytes, as declared), content; for fcTL the same
 *   without the sequence number (first 4 bytes of the content). All IDAT contents up to the next fcTL, IEND or the end
 *   are one stream, entered as `IDAT` and its SHA-256 (32 bytes), so cutting them differently changes nothing; fdAT likewise,
 *   as `fdAT`, without sequence numbers. `IEND` closes. A chunk type that is not four letters: `rest` and
 *   the remaining file from that chunk on.
 * - `webp`: for VP8, VP8L, ALPH, ANIM inside the RIFF's declared length, as they come: type, length (4 bytes,
 *   little-endian), content; for ANMF: `ANMF`, the 16 bytes of its header, and its VP8, VP8L, ALPH in the same way.
 * - `gif`: the logical screen (7 bytes behind the version, which writers of comments raise from 87a to 89a), the
 *   global colours, then every block verbatim, but comment extensions and application extensions other than NETSCAPE2.0; the
 *   trailer closes. A block that is none: everything from it on.
 * - `tiff` (TIFF and DNG, also BigTIFF): for every image directory of the chain and of the SubIFDs, depth first, as listed in
 *   `tiff.ts`: `directory\n`, a line `tag=value,value\n` for each tag needed to decode it, ascending, independent of byte
 *   order, type width and place; `pieces N\n`; then for each strip or tile `LENGTH\n` and its bytes. Reduced copies
 *   (NewSubfileType bit 0, SubfileType 2, EXIF thumbnails) are left out unless there is nothing else: programs remake them freely.
 * - `heif` (AVIF and HEIC): the primary item, the items it is derived from (grid, overlay, tone map: in the order of
 *   their references), and alpha planes of any of them, as listed in `heif.ts`: `item TYPE\n`, a line `property TYPE LENGTH\n` and the
 *   content for each property needed to decode it, `data LENGTH\n`, and its bytes. Depth maps, gain maps, thumbnails,
 *   colour profiles, rotation and mirroring are not in it.
 *
 * Everything else, and every file of these families in whose structure no picture data is found: the file hash
 * (plain SHA-256 over all bytes), and for those it is not promised that metadata leaves it alone.
 */
import { createHash, type Hash } from 'node:crypto';

/** The version that stands beside the hash in the ledger. */
export const PICTURE_HASH_VERSION = 1;

export type PictureFamily = 'jpeg' | 'png' | 'webp' | 'gif' | 'tiff' | 'heif';

/** A SHA-256 with version and family already in it. */
export function startPictureHash(family: PictureFamily): Hash {
  return createHash('sha256').update(`tagalong picture ${PICTURE_HASH_VERSION}\n${family}\n`);
}

/** What walking through a file's structure found. */
export interface Walked {
  /** Picture data was found; otherwise the file hash stands in. */
  readonly pictured: boolean;
  /** The structure's end is there. */
  readonly complete: boolean;
}
