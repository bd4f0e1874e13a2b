/**
 * Facts of one path from one stat, which tell an unchanged file without opening it. Times in ms with the file system's
 * fraction, as Node gives them.
 */
export interface FileStamp {
  readonly size: number;
  readonly mtimeMs: number;
  readonly ctimeMs: number;
  readonly inode: number;
}
