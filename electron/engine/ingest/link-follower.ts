/** Decides which links to folders are entered, so that no folder is walked twice and loops end. */
import { realpathSync, statSync } from 'node:fs';
import { isAtOrBelow } from '../path-relations.ts';

export interface LinkFollower {
  /** Whether the link leads out of the watched folder, to a place that does not contain it. */
  enters(link: string): boolean;
  /** Notes a folder that is about to be read behind a link; true when it was read already. */
  hasBeenEntered(folder: string): boolean;
}

/** `root` is the absolute path of the watched folder. Links have to be asked for after everything that is no link. */
export function createLinkFollower(root: string): LinkFollower {
  const entered = new Set<string>();
  let isBehindLink = false;
  return {
    enters(link) {
      const target = realPath(link);
      const top = realPath(root);
      if (target === null || top === null || isAtOrBelow(target, top) || isAtOrBelow(top, target))
        return false;
      isBehindLink = true;
      return true;
    },
    hasBeenEntered(folder) {
      if (!isBehindLink) return false;
      const facts = statSync(folder, { throwIfNoEntry: false, bigint: true });
      if (facts === undefined) return false;
      const key = `${facts.dev}:${facts.ino}`;
      if (entered.has(key)) return true;
      entered.add(key);
      return false;
    },
  };
}

function realPath(path: string): string | null {
  try {
    return realpathSync.native(path);
  } catch (error) {
    // A loop of links, a target that has just gone, or one that may not be entered: nothing to follow.
    if (error instanceof Error && 'code' in error) return null;
    throw error;
  }
}
