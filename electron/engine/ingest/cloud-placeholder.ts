/**
 * Files that a cloud drive shows but does not keep on the disk: reading one would download it, so a scan leaves it
 * alone. Told from the name and one lstat, without opening anything.
 *
 * Recognised:
 * - iCloud Drive's stubs `.IMG_1.jpg.icloud` (macOS before 14), Nextcloud's and ownCloud's `IMG_1.jpg.nextcloud` and
 *   `.owncloud` (virtual files with a suffix): they stand for the file without the addition.
 * - a file with a size but without a single block on the disk: macOS "dataless" files (iCloud, Dropbox, OneDrive,
 *   Google Drive under the File Provider), Windows cloud files (OneDrive, Dropbox; allocation 0), files that an
 *   archive (HSM) moved to tape on Linux.
 *
 * Small files may live inside their inode without a block (btrfs up to 4 KB, ext4 inline_data, NTFS and APFS
 * compression), so only files of at least `blocklessBytes` are judged; smaller placeholders are taken for files and
 * would be downloaded. File systems that count no blocks (many FUSE and network ones) must not be judged by them:
 * see `countsBlocks` in `file-system.ts`. Not recognised: files that a cloud client streams through a FUSE mount or a
 * drive letter of its own (Google Drive "stream files" on `G:`, rclone mount); they look like any file.
 */

/** Smallest file judged by its blocks. Linux has more file systems that store small files without blocks. */
export function blocklessBytes(platform: NodeJS.Platform): number {
  return platform === 'linux' ? 65_536 : 4_097;
}

const ICLOUD_STUB = /^\.(.+)\.icloud$/iu;
const VIRTUAL_SUFFIX = /^(.+)\.(?:nextcloud|owncloud)$/iu;

/** The real name behind a stub's name, or null when the name is not a stub's. */
export function realNameOfStub(name: string): string | null {
  // The quick look first: this is asked for every name of a scan.
  if (!name.endsWith('cloud') && !name.toLowerCase().endsWith('cloud')) return null;
  return ICLOUD_STUB.exec(name)?.[1] ?? VIRTUAL_SUFFIX.exec(name)?.[1] ?? null;
}

/** Whether lstat's facts say that the content is not on the disk. */
export function isBlockless(
  facts: { readonly size: number; readonly blocks: number },
  platform: NodeJS.Platform,
): boolean {
  return facts.blocks === 0 && facts.size >= blocklessBytes(platform);
}
