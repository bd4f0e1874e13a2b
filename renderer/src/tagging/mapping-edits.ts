/** Changes to what is done with keywords, before they are saved. Pure. */
import type { KeywordMapping, KeywordMode, KeywordRule } from '#shared/tagging.ts';

export type MappedKeyword = KeywordMapping['keywords'][number];

/** What the owner changed: by keyword, and the default; null: as it is. */
export interface MappingDraft {
  readonly defaultMode: KeywordMode | null;
  readonly changed: ReadonlyMap<string, { readonly mode: KeywordMode; readonly conceptName: string }>;
}

/** Nothing is changed. */
export const UNCHANGED: MappingDraft = { defaultMode: null, changed: new Map() };

/** A keyword with the changes, and whether there are any. */
export interface DraftedKeyword extends MappedKeyword {
  readonly isChanged: boolean;
}

/** The keywords whose name or concept holds the text, with the changes. A new default shows where no rule stands. */
export function drafted(
  { keywords }: Pick<KeywordMapping, 'keywords'>,
  { defaultMode, changed }: MappingDraft,
  text: string,
): readonly DraftedKeyword[] {
  const wanted = text.trim().toLowerCase();
  return keywords
    .map((keyword) => {
      const own = changed.get(keyword.keyword);
      if (own !== undefined) return { ...keyword, ...own, isChanged: true };
      const mode = keyword.hasOwnRule || defaultMode === null ? keyword.mode : defaultMode;
      return { ...keyword, mode, isChanged: false };
    })
    .filter(
      ({ keyword, conceptName }) =>
        wanted === '' || keyword.toLowerCase().includes(wanted) || conceptName.toLowerCase().includes(wanted),
    );
}

/** Changes keywords; what is as the ledger has it is no change. */
export function withRules(
  { keywords }: Pick<KeywordMapping, 'keywords'>,
  draft: MappingDraft,
  rules: readonly KeywordRule[],
): MappingDraft {
  const kept = new Map(keywords.map((keyword) => [keyword.keyword, keyword]));
  const changed = new Map(draft.changed);
  for (const { keyword, mode, conceptName } of rules) {
    const before = kept.get(keyword);
    const isSame = before?.mode === mode && before.conceptName === conceptName;
    if (isSame && (before.hasOwnRule || draft.defaultMode === null)) changed.delete(keyword);
    else changed.set(keyword, { mode, conceptName });
  }
  return { ...draft, changed };
}

/** Changes the default; the one that holds is no change. */
export function withDefault(
  { defaultMode }: Pick<KeywordMapping, 'defaultMode'>,
  draft: MappingDraft,
  mode: KeywordMode,
): MappingDraft {
  return { ...draft, defaultMode: mode === defaultMode ? null : mode };
}

export function isUnchanged(draft: MappingDraft): boolean {
  return draft.defaultMode === null && draft.changed.size === 0;
}

/** The rules that are to be saved. */
export function rulesOf({ changed }: MappingDraft): readonly KeywordRule[] {
  return [...changed].map(([keyword, rule]) => ({
    keyword,
    mode: rule.mode,
    conceptName: rule.conceptName.trim(),
  }));
}

/** Keywords that are used and name no concept: they cannot be saved. */
export function nameless({ changed }: MappingDraft): readonly string[] {
  return [...changed].flatMap(([keyword, { conceptName }]) => (conceptName.trim() === '' ? [keyword] : []));
}

/** What saving would do, for the sentence about it. `photoCount` counts a photo once for each of its keywords. */
export function effectOf(
  mapping: Pick<KeywordMapping, 'keywords'>,
  draft: MappingDraft,
): {
  readonly changedCount: number;
  readonly automaticCount: number;
  readonly photoCount: number;
  readonly stoppedCount: number;
  readonly defaultMode: KeywordMode | null;
} {
  const after = drafted(mapping, draft, '');
  let automaticCount = 0;
  let photoCount = 0;
  let stoppedCount = 0;
  mapping.keywords.forEach((before, index) => {
    const now = after[index];
    if (now === undefined) return;
    const tagsAnew =
      now.mode === 'automatic' && (before.mode !== 'automatic' || now.conceptName !== before.conceptName);
    if (tagsAnew) {
      automaticCount += 1;
      photoCount += before.photoCount;
    } else if (before.mode === 'automatic' && now.mode !== 'automatic') stoppedCount += 1;
  });
  const { defaultMode } = draft;
  return { changedCount: draft.changed.size, automaticCount, photoCount, stoppedCount, defaultMode };
}
