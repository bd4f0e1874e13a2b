/** A folder as it stands in the dialog that changes it. Pure. */
import type { FolderChange, UploadProfile, WatchedFolder } from '#shared/folders.ts';

/** Numbers as they are typed. */
export interface FolderDraft extends Omit<UploadProfile, 'recipe'> {
  readonly longEdge: string;
  readonly quality: string;
  readonly destinationId: number;
  readonly excludeGlobs: readonly string[];
  /** Those that photos get as present. */
  readonly concepts: readonly string[];
  /** Those that photos get as absent. */
  readonly notConcepts: readonly string[];
  readonly addsFolderName: boolean;
  /** What of the folder's own travels with each input; null: nothing, or not any more. */
  readonly metadata: WatchedFolder['metadata'];
}

/** The folder as it is. */
export function draftOf(folder: WatchedFolder): FolderDraft {
  return {
    sends: folder.sends,
    longEdge: String(folder.recipe.longEdge),
    quality: String(folder.recipe.quality),
    sendsGps: folder.sendsGps,
    sendsCaptureTime: folder.sendsCaptureTime,
    sendsFileName: folder.sendsFileName,
    destinationId: folder.destinationId,
    excludeGlobs: folder.excludeGlobs,
    concepts: conceptsOf(folder, 1),
    notConcepts: conceptsOf(folder, 0),
    addsFolderName: folder.addsFolderName,
    metadata: folder.metadata,
  };
}

function conceptsOf({ concepts }: WatchedFolder, wanted: 0 | 1): readonly string[] {
  return concepts.filter(({ value }) => value === wanted).map(({ name }) => name);
}

/** What is different in the draft; a number that is none is left to the engine to refuse in words. */
export function changeOf(folder: WatchedFolder, draft: FolderDraft): FolderChange {
  const { longEdge, quality, ...wanted } = draft;
  const { longEdge: edgeBefore, quality: qualityBefore, ...before } = draftOf(folder);
  const differs = (name: string): boolean =>
    JSON.stringify(Reflect.get(wanted, name)) !== JSON.stringify(Reflect.get(before, name));
  const change: FolderChange = Object.fromEntries(Object.entries(wanted).filter(([name]) => differs(name)));
  if (longEdge === edgeBefore && quality === qualityBefore) return change;
  return { ...change, recipe: { longEdge: Number(longEdge), quality: Number(quality) } };
}
