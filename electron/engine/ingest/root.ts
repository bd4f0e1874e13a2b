/** Is a watched folder there at all? An unplugged drive must never look like a folder whose photos were deleted. */
import { readdirSync, statSync, type Dirent } from 'node:fs';
import { readdir, stat } from 'node:fs/promises';
import path from 'node:path';
import type { PathFilter } from './path-filter.ts';

export type ReachedRoot =
  | { readonly kind: 'reached'; readonly device: number }
  | { readonly kind: 'unreachable'; readonly detail: string };

/**
 * Looks at the root. It is unreachable when it is not there, is no folder, cannot be listed, or when its drive is gone:
 * it was on `expectedDevice`, is on its parent's device now, and holds nothing that counts (an unmounted mount point).
 */
export function reachRoot(root: string, filter: PathFilter, expectedDevice?: number): ReachedRoot {
  try {
    const facts = statSync(root, { throwIfNoEntry: false });
    if (facts === undefined) return { kind: 'unreachable', detail: `${root} is not there.` };
    if (!facts.isDirectory()) return { kind: 'unreachable', detail: `${root} is not a folder.` };
    const hasMoved = expectedDevice !== undefined && facts.dev !== expectedDevice;
    if (hasMoved && isOnParentsDevice(root, facts.dev) && holdsNothing(root, filter)) {
      return { kind: 'unreachable', detail: `The drive that was mounted at ${root} is not there.` };
    }
    return { kind: 'reached', device: facts.dev };
  } catch (error) {
    if (!(error instanceof Error)) throw error;
    return { kind: 'unreachable', detail: error.message };
  }
}

/**
 * Whether a file that is gone is gone by itself: false when its watched folder is not there either, or is on another
 * device than it was.
 */
export async function isRootThere(root: string, expectedDevice: number | null): Promise<boolean> {
  try {
    const facts = await stat(root);
    return facts.isDirectory() && (expectedDevice === null || facts.dev === expectedDevice);
  } catch (error) {
    if (error instanceof Error && 'code' in error) return false;
    throw error;
  }
}

/**
 * Device and inode of a root, or undefined when it is not there: what `reachRoot` says, without keeping the event loop
 * waiting for a network drive. Rejects when the system does.
 */
export async function rootFactsOf(
  root: string,
  filter: PathFilter,
  expectedDevice: number | null,
): Promise<{ readonly device: number; readonly inode: number } | undefined> {
  try {
    const facts = await stat(root);
    if (!facts.isDirectory()) return undefined;
    const hasMoved = expectedDevice !== null && facts.dev !== expectedDevice;
    if (hasMoved && (await stat(path.dirname(path.resolve(root)))).dev === facts.dev) {
      const entries = await readdir(root, { withFileTypes: true });
      if (!entries.some((entry) => counts(entry, filter))) return undefined;
    }
    return { device: facts.dev, inode: facts.ino };
  } catch (error) {
    const code = error instanceof Error && 'code' in error ? error.code : undefined;
    if (code === 'ENOENT' || code === 'ENOTDIR') return undefined;
    throw error;
  }
}

function isOnParentsDevice(root: string, device: number): boolean {
  return statSync(path.dirname(path.resolve(root))).dev === device;
}

function holdsNothing(root: string, filter: PathFilter): boolean {
  return !readdirSync(root, { withFileTypes: true }).some((entry) => counts(entry, filter));
}

function counts(entry: Dirent, filter: PathFilter): boolean {
  return entry.isDirectory() ? filter.directory(entry.name) : filter.file(entry.name);
}
