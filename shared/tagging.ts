/** Tags, concepts, key sets and keywords as the page sees them, and the acts of the owner on them. */
import type { AsOf } from './changes.ts';
import type { SheetQuery, SheetRow } from './sheet.ts';

/** Photos that an act is about: those named, or all that a sheet shows. */
export type TagTarget = ({ readonly photoIds: readonly number[] } | { readonly query: SheetQuery }) & {
  /** A concept's name: of these photos only those that it is suggested for, see `CommonTags`. Absent: all. */
  readonly suggested?: string;
};

/** A concept that is known, or the name of one that is to be made. */
export type ConceptChoice = { readonly conceptId: number } | { readonly name: string };

/** Present (1), absent (0), or nothing said of it (null). */
export interface TagWish {
  readonly concept: ConceptChoice;
  readonly value: 0 | 1 | null;
}

/** An act that was done: it is durable. */
export interface EditDone extends AsOf {
  /** Null when nothing had to change. */
  readonly editId: number | null;
  /** What was done, for people: "bride", "not guest", "− bride"; an undo carries the label of what it undid. */
  readonly label: string;
  /** What kind of act: `tag`, `concept`, `concept-rename`, `concept-merge`, `setting`, `keywords`, `folder`; kinds are open. */
  readonly kind: string;
  /** Photos that changed. */
  readonly photoCount: number;
  /** Photos that an undo left as they are, because a later act changed the same tag. */
  readonly leftCount: number;
  /** An undo left something besides photos, because a later change stands: a name was taken, a concept is in use. */
  readonly isPartial?: true;
  /** Which changed, at most the first 10,000: to show where. */
  readonly photoIds: readonly number[];
  /** How the changed photos are now, at most the first 200, as a sheet of `destinationId` shows them. */
  readonly rows: readonly SheetRow[];
}

/** What undo and redo would do next. */
export interface EditLine extends AsOf {
  readonly undo: {
    readonly label: string;
    readonly kind: string;
    readonly photoCount: number;
    readonly at: number;
  } | null;
  readonly redo: {
    readonly label: string;
    readonly kind: string;
    readonly photoCount: number;
    readonly at: number;
  } | null;
}

/** A concept with how it is used. */
export interface ConceptUse {
  readonly conceptId: number;
  readonly name: string;
  readonly presentCount: number;
  readonly absentCount: number;
  /** UTC ms of the last act that gave it to a photo; null: never. */
  readonly lastUsedAt: number | null;
}

/** What would become of a name that is typed. */
export interface ConceptDraft {
  /** The name as it would be kept: trimmed, NFC. */
  readonly name: string;
  /** Its id at the service. */
  readonly remoteId: string;
  /** Whether the name itself is the id; else the id is a slug with a digest, because ids take A–Z a–z 0–9 - _ only, at most 32. */
  readonly isPlainId: boolean;
  /** Why it cannot be made; null: it can. */
  readonly problem: string | null;
  /** Concepts that may be meant: same but for case, accents, plural, spaces or a letter. Nearest first, at most five. */
  readonly near: readonly ConceptUse[];
}

/** Type-ahead: matches first by prefix of the name, then of a word, then anywhere; the more used first. */
export interface ConceptMatches extends AsOf {
  readonly matches: readonly ConceptUse[];
  /** The concept with exactly this name. */
  readonly exact: ConceptUse | null;
  /** When `exact` is null and something is typed. */
  readonly draft: ConceptDraft | null;
}

/** Which tags the photos of a target have in common. */
export interface CommonTags extends AsOf {
  readonly photoCount: number;
  /** Concepts that at least one of the photos has, by name. The rest of `photoCount` says nothing of it. */
  readonly concepts: readonly {
    readonly conceptId: number;
    readonly name: string;
    readonly presentCount: number;
    readonly absentCount: number;
  }[];
  /** Keywords of the photos' files whose rule is `suggest` and that the photos are not tagged with yet. */
  readonly suggestions: readonly {
    readonly keyword: string;
    readonly conceptName: string;
    readonly photoCount: number;
  }[];
}

/** A key of a set and the concept that it gives. */
export interface KeyBinding {
  /** One character, lower case: `1`–`9`, `0`, or a letter. See key-sets for those that are taken. */
  readonly key: string;
  readonly conceptId: number;
  /** For display; the engine fills it in. */
  readonly name: string;
}

/** Keys for one kind of job. */
export interface KeySet {
  readonly id: string;
  readonly name: string;
  readonly bindings: readonly KeyBinding[];
}

export interface KeySets extends AsOf {
  readonly sets: readonly KeySet[];
  /** The set whose keys are at work; null when there is none. */
  readonly activeId: string | null;
}

/** One entry of a keyword file: its levels from the root, and other names for the last one. */
export interface KeywordEntry {
  readonly path: readonly string[];
  readonly synonyms: readonly string[];
}

/** What a keyword file would bring, before it does. */
export interface KeywordFilePlan {
  readonly entries: readonly KeywordEntry[];
  /** Concepts that would be made, and those that are there already. */
  readonly newNames: readonly string[];
  readonly knownNames: readonly string[];
  /** New names that are nearly like others: each with the one that may be meant. */
  readonly near: readonly { readonly name: string; readonly like: string }[];
  /** Lines that were left out, and why. */
  readonly problems: readonly { readonly line: number; readonly problem: string }[];
}

/** What is done with a keyword that files carry. */
export const KEYWORD_MODES = ['off', 'suggest', 'automatic'] as const;
export type KeywordMode = (typeof KEYWORD_MODES)[number];

/** A rule for one keyword. */
export interface KeywordRule {
  /** As it stands in files; hierarchical ones with `|` between levels. */
  readonly keyword: string;
  readonly mode: KeywordMode;
  /** The concept that it stands for. */
  readonly conceptName: string;
}

/** Keywords of the photos' files with their rules. */
export interface KeywordMapping extends AsOf {
  /** What is done with keywords that have no rule of their own. */
  readonly defaultMode: KeywordMode;
  readonly keywords: readonly (KeywordRule & { readonly photoCount: number; readonly hasOwnRule: boolean })[];
}

/** Calls about tags, concepts and their keys. Acts are durable when they answer, and undoable. */
export interface TaggingCalls {
  tag(act: {
    readonly target: TagTarget;
    readonly wishes: readonly TagWish[];
    /** The destination whose rows the answer shows. */
    readonly destinationId: number;
  }): EditDone;
  /** Undoes the newest act that is in effect; null when there is none. */
  undo(where: { readonly destinationId: number }): EditDone | null;
  redo(where: { readonly destinationId: number }): EditDone | null;
  editLine(nothing: Record<string, never>): EditLine;

  commonTags(which: { readonly target: TagTarget }): CommonTags;
  concepts(which: { readonly text: string; readonly limit: number }): ConceptMatches;
  /** The last used, newest first, and the most used. */
  usedConcepts(which: { readonly limit: number }): AsOf & {
    readonly recent: readonly ConceptUse[];
    readonly frequent: readonly ConceptUse[];
  };
  /** Makes a concept, or brings back one that is not offered any more. One that is offered already is no act. */
  createConcept(named: { readonly name: string }): ConceptUse;
  /** Gives a concept another name. Refused when another has it: then merging is what is meant. */
  renameConcept(which: { readonly conceptId: number; readonly name: string }): EditDone;
  /** Photos of `fromId` get `intoId` instead, where they say nothing of it yet; `fromId` leaves the palette. */
  mergeConcepts(which: { readonly fromId: number; readonly intoId: number }): EditDone;

  keySets(nothing: Record<string, never>): KeySets;
  /** Replaces all sets. Refused when two keys of a set are the same, or a key is taken by a command. */
  saveKeySets(sets: {
    readonly sets: readonly KeySet[];
    readonly activeId: string | null;
    /** What was done, for the undo line. */
    readonly label: string;
  }): EditDone;

  readKeywordFile(file: { readonly text: string; readonly takes: 'leaves' | 'all-levels' }): KeywordFilePlan;
  importKeywordFile(file: { readonly text: string; readonly takes: 'leaves' | 'all-levels' }): EditDone;
  keywordMapping(nothing: Record<string, never>): KeywordMapping;
  /** Replaces the rules named, and the default. Rules that are automatic tag what is there, and what comes. */
  saveKeywordMapping(mapping: {
    readonly defaultMode: KeywordMode;
    readonly rules: readonly KeywordRule[];
  }): EditDone;
}
