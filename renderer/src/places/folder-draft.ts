/** A folder as it stands in the dialog that changes it. Pure. */
import type { FolderChange, UploadProfile, WatchedFolder } from '#shared/folders.ts';

/** Numbers as they are typed. */
export interface FolderDraft extends Omit<UploadProfile, 'recipe'> {
  readonly longEdge: string;
  readonly quality: string;
  readonly destinationId: number;
  readonly excludeGlobs: readonly string[];
  /** Of the concepts for all only those that photos get as present. */
  readonly concepts: readonly string[];
  readonly addsFolderName: boolean;
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
    concepts: folder.concepts.filter(({ value }) => value === 1).map(({ name }) => name),
    addsFolderName: folder.addsFolderName,
  };
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
