/**
 * Names that are never photos of the owner's: what systems, NAS boxes, copiers and other photo programs leave in
 * folders. Names only, whatever the case; the owner's own globs are in `path-filter.ts`.
 */

/** Folders that are not entered (lower case). */
const JUNK_FOLDERS: ReadonlySet<string> = new Set([
  // NAS boxes: Synology, QNAP and their snapshots and recycle bins
  '@eadir',
  '@recycle',
  '@recently-snapshot',
  '@tmp',
  '#recycle',
  '#snapshot',
  // Windows, Linux, macOS
  '$recycle.bin',
  'recycler',
  'system volume information',
  'found.000',
  'lost+found',
  '__macosx',
  'network trash folder',
  'temporary items',
  'ipod photo cache',
  // Capture One keeps caches and settings in a folder of this name beside the photos
  'captureone',
]);

/** Packages of other programs, told by the end of their folder's name: their insides are not for others to read. */
const JUNK_FOLDER_ENDS =
  /\.(?:lrdata|lrcat-data|lrlibrary|photoslibrary|photolibrary|migratedphotolibrary|aplibrary|cocatalog|imovielibrary|fcpbundle|theater|download)$/;

/** Files (lower case). `Icon\r` is the Finder's custom folder icon. */
const JUNK_FILES: ReadonlySet<string> = new Set([
  'thumbs.db',
  'ehthumbs.db',
  'ehthumbs_vista.db',
  'desktop.ini',
  'picasa.ini',
  'icon\r',
]);

/** Catalogs of Lightroom and Capture One, and the temporary names of copiers and downloaders. */
const JUNK_FILE_ENDS =
  /\.(?:lrcat|lrcat-wal|lrcat-shm|lrcat-journal|lrcat\.lock|lrdata|cosessiondb|cocatalogdb|part|partial|filepart|crdownload|opdownload|download|aria2|!ut|tmp|temp|swp)$/;

/** True for a folder that is not entered: junk, or its name begins with a dot (`.Trash-1000`, `.stversions` …). */
export function isJunkFolder(name: string): boolean {
  if (name.charCodeAt(0) === DOT) return true;
  const lower = name.toLowerCase();
  return JUNK_FOLDERS.has(lower) || (lower.includes('.') && JUNK_FOLDER_ENDS.test(lower));
}

/** True for a file that is not looked at: junk, a temporary name, or its name begins with a dot (`._IMG_1.jpg` …). */
export function isJunkFile(name: string): boolean {
  if (name.charCodeAt(0) === DOT) return true;
  if (name.endsWith('~') || name.startsWith('~$')) return true;
  const lower = name.toLowerCase();
  return JUNK_FILES.has(lower) || JUNK_FILE_ENDS.test(lower);
}

const DOT = 46;
