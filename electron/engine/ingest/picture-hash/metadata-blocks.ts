/** Collects the metadata segments of a file while its bytes pass by; parsing them is `capture.ts`'s part. */

/** Most bytes of metadata kept from one file; what goes beyond is left unread. */
const ROOM_BYTES = 32 * 1024 * 1024;
/** Most bytes of one block: depth maps and previews hide in oversized ones. */
export const BLOCK_BYTES_LIMIT = 16 * 1024 * 1024;

/** What a block is: a TIFF structure, an XMP packet, Photoshop resources (8BIM), bare IPTC records. */
export type BlockKind = 'exif' | 'xmp' | 'photoshop' | 'iptc';

/** One piece of Adobe's extended XMP, which JPEG spreads over several segments. */
export interface XmpPiece {
  readonly guid: string;
  readonly offset: number;
  readonly bytes: Buffer;
}

export interface MetadataBlocks {
  readonly blocks: Readonly<Record<BlockKind, Buffer[]>>;
  readonly xmpPieces: XmpPiece[];
  /** Stored pixels, before orientation. */
  size: { readonly width: number; readonly height: number } | null;
  /** True while `bytes` more may be kept; the caller then adds them. */
  hasRoom(bytes: number): boolean;
  add(kind: BlockKind, bytes: Buffer): void;
  addXmpPiece(piece: XmpPiece): void;
}

/** An empty collection. */
export function createMetadataBlocks(): MetadataBlocks {
  let room = ROOM_BYTES;
  const blocks: Record<BlockKind, Buffer[]> = { exif: [], xmp: [], photoshop: [], iptc: [] };
  const xmpPieces: XmpPiece[] = [];
  const hasRoom = (bytes: number): boolean => bytes <= BLOCK_BYTES_LIMIT && bytes <= room;
  return {
    blocks,
    xmpPieces,
    size: null,
    hasRoom,
    add: (kind, bytes) => {
      if (!hasRoom(bytes.length)) return;
      room -= bytes.length;
      blocks[kind].push(bytes);
    },
    addXmpPiece: (piece) => {
      if (!hasRoom(piece.bytes.length)) return;
      room -= piece.bytes.length;
      xmpPieces.push(piece);
    },
  };
}
