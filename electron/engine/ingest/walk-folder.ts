/** Reads one folder of a walk and compares its files with what is known. */
import { lstatSync, statSync, type Dirent, type Stats } from 'node:fs';
import { isBlockless, realNameOfStub } from './cloud-placeholder.ts';
import { isJunkFile } from './junk.ts';
import { isSameStamp, type KnownFile } from './known-files.ts';
import { readFolder } from './read-folder.ts';
import { absolute, leaveOut, leaveUnread, messageOf, type Walker } from './walker.ts';

/** Most differences in one part: small enough to keep the receiver's turns short. */
const PART_FILES = 256;

/** Reads one folder. Yields now and then, so that its caller can let the event loop turn. */
export function* walkFolder(walker: Walker, folder: string): Generator<void> {
  const entries = listFolder(walker, folder);
  if (entries === undefined) return;
  const known = walker.known.inFolder(folder);
  const prefix = folder === '' ? '' : `${folder}/`;
  for (const [index, entry] of entries.entries()) {
    const { name } = entry;
    if (entry.isFile()) lookAtEntry(walker, prefix, name, false, known);
    else if (entry.isDirectory()) enterLater(walker, prefix + name, false);
    else if (entry.isSymbolicLink()) lookAtEntry(walker, prefix, name, true, known);
    if (index % 64 === 63) yield;
  }
  for (const name of known.keys()) leaveOut(walker, prefix + name);
  yield;
}

/** Lists a folder, or takes note why it cannot be; undefined when there is nothing to do in it. */
function listFolder(walker: Walker, folder: string): readonly Dirent[] | undefined {
  const place = absolute(walker, folder);
  if (walker.follower.hasBeenEntered(place)) return undefined;
  const listing = readFolder(place);
  if (listing.kind === 'gone') return undefined;
  if (listing.kind === 'failed') {
    leaveUnread(walker, folder, listing.detail);
    return undefined;
  }
  walker.visited.add(folder);
  for (const name of listing.unreadableNames) {
    walker.unreadableNames.push(folder === '' ? name : `${folder}/${name}`);
  }
  return listing.entries;
}

export function enterLater(walker: Walker, path: string, isLink: boolean): void {
  if (!walker.request.filter.directory(path)) return;
  if (walker.nested.has(path)) walker.unread.add(path);
  else if (isLink) walker.links.push(path);
  else walker.folders.push(path);
}

/** A file, or a link that may lead to a file or a folder. */
export function lookAtEntry(
  walker: Walker,
  prefix: string,
  entryName: string,
  isLink: boolean,
  known: Map<string, KnownFile>,
): void {
  const stubbed = realNameOfStub(entryName);
  const name = stubbed ?? entryName;
  const path = prefix + name;
  // A link's kind is unknown until it is followed, so the owner's file rules wait; a junk name needs no second look.
  if (isLink ? isJunkFile(name) : !walker.request.filter.file(path)) return;
  const facts = factsOf(walker, stubbed === null ? path : prefix + entryName, isLink);
  if (facts === 'gone') return;
  if (facts === 'unreadable') {
    known.delete(name);
    return;
  }
  if (isLink && facts.isDirectory()) {
    enterLater(walker, path, true);
    return;
  }
  if (!facts.isFile() || (isLink && !walker.request.filter.file(path))) return;
  const before = known.get(name);
  known.delete(name);
  compare(walker, path, facts, stubbed !== null, before);
}

function compare(
  walker: Walker,
  path: string,
  facts: Stats,
  isStub: boolean,
  before: KnownFile | undefined,
): void {
  walker.counts.seen += 1;
  const trusts = walker.request.trustsBlocks !== false;
  const placeholder = isStub || (trusts && isBlockless(facts, process.platform));
  if (placeholder) walker.counts.placeholders += 1;
  const { size, mtimeMs, ctimeMs, ino: inode } = facts;
  const isKnown = before !== undefined && isSameStamp(before, { size, mtimeMs, ctimeMs, inode });
  if (isKnown && (before.placeholder === true) === placeholder) return;
  walker.counts.changed += 1;
  (placeholder ? walker.placeholders : walker.changed).push({ path, size, mtimeMs, ctimeMs, inode });
  if (walker.changed.length + walker.placeholders.length >= PART_FILES) walker.flush();
}

function factsOf(walker: Walker, path: string, link: boolean): Stats | 'gone' | 'unreadable' {
  try {
    const facts = link ? statSync(absolute(walker, path), QUIET) : lstatSync(absolute(walker, path), QUIET);
    if (facts !== undefined) return facts;
  } catch (error) {
    // Without the right to enter the folder every file fails alike; that is one report.
    walker.unread.add(path);
    const folder = path.slice(0, Math.max(path.lastIndexOf('/'), 0));
    if (walker.unreadableFolders.at(-1)?.path !== folder) {
      walker.unreadableFolders.push({ path: folder, detail: messageOf(error) });
    }
    return 'unreadable';
  }
  // A dangling link to a folder on a drive that is not there: what was known behind it is not missing.
  if (link) walker.unread.add(path);
  return 'gone';
}

const QUIET = { throwIfNoEntry: false } as const;
