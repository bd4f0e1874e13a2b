/**
 * What kind of file system a path is on. Events of the system are trusted on local ones only; a ledger must not lie on
 * a network one (SQLite's WAL does not work there).
 *
 * Linux: `/proc/self/mountinfo`, and sysfs for removable drives. macOS: the output of `mount`; everything local under
 * /Volumes counts as removable. Windows: UNC paths are network; a drive letter may be a mapped share, which Node
 * cannot see without a native call, so it is `unknown`. `unknown` is treated as local.
 */
import { execFile } from 'node:child_process';
import { readFile, realpath } from 'node:fs/promises';
import path from 'node:path';
import { promisify } from 'node:util';

export interface FileSystem {
  readonly kind: 'local' | 'network' | 'removable' | 'unknown';
  /** The system's name for the type (`ext4`, `nfs4`, `smbfs`); null when it could not be found out. */
  readonly type: string | null;
  /** Where it is mounted; null when that could not be found out. */
  readonly mountPoint: string | null;
}

/** One mounted file system. */
export interface Mount {
  readonly mountPoint: string;
  readonly type: string;
  /** `major:minor` on Linux; null elsewhere. */
  readonly device: string | null;
}

const UNKNOWN: FileSystem = { kind: 'unknown', type: null, mountPoint: null };

/** Types that fetch their files from another machine or from a host around this one. */
const NETWORK_TYPES =
  /^(?:nfs\d?|cifs|smb\d?|smbfs|afpfs|afs|webdav|davfs2?|9p|virtiofs|vboxsf|vmhgfs|prl_fs|ceph|glusterfs|lustre|gfs2|ocfs2|beegfs|orangefs|ncpfs|coda|ftp|acfs|gpfs|drvfs)$/u;

/** FUSE types that stay on this machine. Any other FUSE file system is taken for a network one. */
const LOCAL_FUSE_TYPES =
  /^fuse(?:blk|\.(?:ntfs|ntfs-3g|exfat|exfat-fuse|mergerfs|bindfs|encfs|gocryptfs|cryfs|unionfs|overlayfs|fuse-overlayfs|zfs|snapfuse))$/u;

/** Whether files of this file system can be told to be cloud placeholders by having no blocks. */
export function countsBlocks(fileSystem: FileSystem): boolean {
  if (fileSystem.kind === 'network') return false;
  return !(fileSystem.type ?? '').startsWith('fuse');
}

/** Looks where `folder` is; links in the path are followed. A path that is not there is judged by its nearest parent. */
export async function fileSystemOf(
  folder: string,
  platform: NodeJS.Platform = process.platform,
): Promise<FileSystem> {
  if (platform === 'win32') return fileSystemOfWindowsPath(folder);
  const real = await nearestRealPath(path.resolve(folder));
  if (platform === 'linux') {
    const mount = mountOf(real, parseMountinfo(await readFile('/proc/self/mountinfo', 'utf8')));
    return mount === undefined ? UNKNOWN : judge(mount, await isRemovableDevice(mount.device));
  }
  if (platform === 'darwin') {
    const { stdout } = await promisify(execFile)('/sbin/mount', [], { timeout: 5_000 });
    const mount = mountOf(real, parseMountOutput(stdout));
    return mount === undefined ? UNKNOWN : judge(mount, mount.mountPoint.startsWith('/Volumes/'));
  }
  return UNKNOWN;
}

/** Judges a mount. `isRemovable` is what the system says of its drive. */
export function judge(mount: Mount, isRemovable: boolean): FileSystem {
  const { type, mountPoint } = mount;
  const isFuse = type === 'fuse' || type.startsWith('fuse.') || type === 'fuseblk';
  if (NETWORK_TYPES.test(type) || (isFuse && !LOCAL_FUSE_TYPES.test(type))) {
    return { kind: 'network', type, mountPoint };
  }
  const isMedia = /^\/(?:run\/)?media\//u.test(mountPoint);
  const isCardType = /^(?:vfat|msdos|exfat)$/u.test(type) && !/^\/(?:boot|efi)(?:\/|$)/u.test(mountPoint);
  return { kind: isRemovable || isMedia || isCardType ? 'removable' : 'local', type, mountPoint };
}

/** `\\server\share` and `\\?\UNC\…` are network; of a drive letter nothing can be told. */
export function fileSystemOfWindowsPath(folder: string): FileSystem {
  const plain = folder.replaceAll('/', '\\');
  if (/^\\\\\?\\UNC\\/iu.test(plain) || /^\\\\[^?.\\]/u.test(plain)) {
    return { kind: 'network', type: 'unc', mountPoint: null };
  }
  return UNKNOWN;
}

/**
 * Lines of `/proc/self/mountinfo`, in order (proc_pid_mountinfo(5)). The optional fields end with a lone `-`; blanks in
 * paths are octal escapes.
 */
export function parseMountinfo(text: string): Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split('\n')) {
    const fields = line.split(' ');
    const separator = fields.indexOf('-', 6);
    const [device, mountPoint, type] = [fields[2], fields[4], fields[separator + 1]];
    if (separator === -1 || !device || !mountPoint || !type) continue;
    mounts.push({ mountPoint: unescapeOctal(mountPoint), type, device });
  }
  return mounts;
}

/** Lines of macOS's `mount`: `//me@nas/photos on /Volumes/photos (smbfs, nodev)`. */
export function parseMountOutput(text: string): Mount[] {
  const mounts: Mount[] = [];
  for (const line of text.split('\n')) {
    const match = / on (?<mountPoint>\/.*) \((?<type>[^,)]+)[^)]*\)$/u.exec(line);
    const { mountPoint, type } = match?.groups ?? {};
    if (mountPoint && type) mounts.push({ mountPoint, type, device: null });
  }
  return mounts;
}

/** The mount that `real` (a path without links) is on: the longest mount point; of equal ones the last, which hides the others. */
export function mountOf(real: string, mounts: readonly Mount[]): Mount | undefined {
  let best: Mount | undefined;
  for (const mount of mounts) {
    const point = mount.mountPoint === '/' ? '' : mount.mountPoint;
    const covers = real === mount.mountPoint || real.startsWith(`${point}/`);
    if (covers && (best === undefined || mount.mountPoint.length >= best.mountPoint.length)) best = mount;
  }
  return best;
}

function unescapeOctal(text: string): string {
  if (!text.includes('\\')) return text;
  // Bytes above 127 are not escaped and the escapes are ASCII, so characters can be replaced one by one.
  return text.replaceAll(/\\([0-7]{3})/gu, (_, digits: string) =>
    String.fromCodePoint(Number.parseInt(digits, 8)),
  );
}

/** The drive's own word. A partition has none; its drive is the folder above. Virtual devices have no entry at all. */
async function isRemovableDevice(device: string | null): Promise<boolean> {
  if (device === null) return false;
  for (const file of ['removable', '../removable']) {
    try {
      const real = await realpath(`/sys/dev/block/${device}`);
      const text = await readFile(path.join(real, file), 'utf8');
      return text.trim() === '1';
    } catch (error) {
      if (!isAbsence(error)) throw error;
    }
  }
  return false;
}

async function nearestRealPath(folder: string): Promise<string> {
  try {
    return await realpath(folder);
  } catch (error) {
    const parent = path.dirname(folder);
    if (!isAbsence(error) || parent === folder) throw error;
    return path.join(await nearestRealPath(parent), path.basename(folder));
  }
}

function isAbsence(error: unknown): boolean {
  return (
    error instanceof Error && 'code' in error && ['ENOENT', 'ENOTDIR', 'EINVAL'].includes(String(error.code))
  );
}
