/**
 * Walks a watched folder and tells what differs from what is known, without opening a file: one readdir per folder,
 * one lstat per file. It runs in a worker process, so it calls the system synchronously (about twice as fast) and
 * lets the event loop turn every few milliseconds.
 *
 * **Links** are followed as photo programs do: a link to a file counts as a file with its target's facts; a link to a
 * folder is entered, after everything that is no link, when its target is outside the watched folder, does not
 * contain it, and was not entered already. So no folder is walked twice, loops end, and which path a file has does
 * not depend on the order of a listing.
 *
 * **Missing** is said only of what a folder that was really read no longer lists. Whatever could not be read, or is
 * somebody else's (a nested watched folder), or is excluded now, is not missing.
 */
import { lstatSync, type Stats } from 'node:fs';
import { setImmediate as nextTurn } from 'node:timers/promises';
import { isPlaceAtOrBelow } from '../path-relations.ts';
import type { KnownFiles } from './known-files.ts';
import { countsWithParents } from './path-filter.ts';
import { reachRoot } from './root.ts';
import { enterLater, lookAtEntry, walkFolder } from './walk-folder.ts';
import type { Walked, WalkPart, WalkRequest, WalkSummary } from './walk-types.ts';
import { absolute, createWalker, leaveOut, leaveUnread, messageOf, type Walker } from './walker.ts';

/** A walk that finds nothing new says at least so often that it goes on, in ms: what is silent is taken for hung. */
const SIGN_OF_LIFE_MS = 10_000;
/** Longest time without a turn of the event loop. */
const TURN_MS = 5;

/** Walks and emits differences as it goes; the summary comes last. Errors of single folders are in the summary. */
export async function walk(
  request: WalkRequest,
  known: KnownFiles,
  emit: (part: WalkPart) => void,
): Promise<WalkSummary> {
  const root = reachRoot(request.root, request.filter, request.expectedDevice);
  if (root.kind === 'unreachable') return root;
  const walker = createWalker(request, known, emit);
  const begin = request.subtree ?? '';
  if (begin === '') walker.folders.push('');
  else lookAtSubtree(walker, begin);
  const finished = await runWalk(walker, request.signal, emit);
  if (!finished) return { kind: 'stopped' };
  if (begin === '' || walker.covered) sortOutUnvisited(walker, begin);
  walker.flush();
  // A drive that was pulled during the walk looks like emptied folders; only a root that is still there is believed.
  if (walker.missing.length > 0) {
    const still = reachRoot(request.root, request.filter, root.device);
    if (still.kind === 'unreachable') return still;
  }
  return summaryOf(walker, root.device);
}

async function runWalk(
  walker: Walker,
  signal: AbortSignal | undefined,
  emit: (part: WalkPart) => void,
): Promise<boolean> {
  let turnAt = performance.now() + TURN_MS;
  let signAt = performance.now() + SIGN_OF_LIFE_MS;
  for (;;) {
    if (signal?.aborted) return false;
    const folder = walker.folders.pop() ?? nextLink(walker);
    if (folder === undefined) return true;
    for (const _ of walkFolder(walker, folder)) {
      if (performance.now() < turnAt) continue;
      await nextTurn();
      turnAt = performance.now() + TURN_MS;
      if (performance.now() < signAt) continue;
      emit({ changed: [], placeholders: [] });
      signAt = performance.now() + SIGN_OF_LIFE_MS;
    }
  }
}

/** The next link worth entering. Sorted, so that the same tree is always walked the same way. */
function nextLink(walker: Walker): string | undefined {
  walker.links.sort().reverse();
  for (let link = walker.links.pop(); link !== undefined; link = walker.links.pop()) {
    if (!walker.follower.enters(absolute(walker, link))) continue;
    walker.linkedFolders.push(link);
    return link;
  }
  return undefined;
}

/** Begins at a path that may be a folder, a link, a file, or gone. */
function lookAtSubtree(walker: Walker, path: string): void {
  const name = path.slice(path.lastIndexOf('/') + 1);
  const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
  if (isLeftAlone(walker, path, folder)) {
    walker.covered = false;
    return;
  }
  const inFolder = walker.known.inFolder(folder);
  const before = inFolder.get(name);
  const own = new Map(before === undefined ? [] : [[name, before]]);
  const prefix = folder === '' ? '' : `${folder}/`;
  let facts: Stats | undefined;
  try {
    facts = lstatSync(absolute(walker, path), { throwIfNoEntry: false });
  } catch (error) {
    leaveUnread(walker, path, messageOf(error));
    walker.covered = false;
    return;
  }
  if (facts?.isDirectory()) enterLater(walker, path, false);
  else if (facts !== undefined) {
    lookAtEntry(walker, prefix, name, facts.isSymbolicLink(), own);
  }
  for (const left of own.keys()) leaveOut(walker, prefix + left);
}

/** Whether a parent keeps the path out of this walk: excluded, or in a nested watched folder. */
function isLeftAlone(walker: Walker, path: string, folder: string): boolean {
  if (folder !== '' && !countsWithParents(walker.request.filter, folder, 'directory')) return true;
  return [...walker.nested].some((nested) => isPlaceAtOrBelow(path, nested));
}

/** Known files in folders that this walk did not read: gone with their folder, excluded, or none of its business. */
function sortOutUnvisited(walker: Walker, begin: string): void {
  for (const folder of walker.known.foldersBelow(begin)) {
    if (walker.visited.has(folder) || isUnread(walker, folder)) continue;
    const prefix = folder === '' ? '' : `${folder}/`;
    for (const name of walker.known.inFolder(folder).keys()) leaveOut(walker, prefix + name);
  }
}

function isUnread(walker: Walker, folder: string): boolean {
  if (walker.unread.size === 0) return false;
  if (walker.unread.has(folder) || walker.unread.has('')) return true;
  for (let slash = folder.lastIndexOf('/'); slash > 0; slash = folder.lastIndexOf('/', slash - 1)) {
    if (walker.unread.has(folder.slice(0, slash))) return true;
  }
  return false;
}

function summaryOf(walker: Walker, rootDevice: number): Walked {
  const { counts, missing, excluded, unreadableFolders, unreadableNames, linkedFolders } = walker;
  return {
    kind: 'walked',
    seenCount: counts.seen,
    changedCount: counts.changed,
    placeholderCount: counts.placeholders,
    folderCount: walker.visited.size,
    missing,
    excluded,
    unreadableFolders,
    unreadableNames,
    linkedFolders,
    rootDevice,
  };
}
