/** What is done with the keywords that photos' files carry. */
import { z } from 'zod';
import type { KeptRule } from '../ledger/keywords.ts';
import type { Ledger } from '../ledger/ledger.ts';
import { standingName } from './concept-edits.ts';
import { keptName, problemOf } from './concept-search.ts';
import { KEYWORD_MODES, type CommonTags, type KeywordMapping, type KeywordMode } from '#shared/tagging.ts';

/** The setting that holds what is done with keywords without a rule, and the act that made it so. */
export const KEYWORD_DEFAULT_SETTING = 'keyword-default';

const DEFAULT = z.object({ mode: z.enum(KEYWORD_MODES), editId: z.int().nullable() });
/** What is done with keywords without a rule. `editId` null: nobody has said so. */
export type KeywordDefault = z.infer<typeof DEFAULT>;

/** Most photos that are looked through for suggestions, so that a selection of everything does not wait for them. */
const SUGGESTION_PHOTOS = 5000;
const SUGGESTION_LIMIT = 50;

/** What is done with keywords without a rule, as it stands. */
export function keywordDefault(ledger: Ledger): KeywordDefault {
  const { success, data } = DEFAULT.safeParse(ledger.settings.get(KEYWORD_DEFAULT_SETTING));
  return success ? data : { mode: 'suggest', editId: null };
}

/** What holds for a keyword. */
export interface EffectiveRule {
  readonly mode: KeywordMode;
  readonly conceptName: string;
  /** The act that made it so; null: nobody did. */
  readonly editId: number | null;
  readonly hasOwnRule: boolean;
}

/** The name that a keyword stands for without a rule: its last level. */
export function lastLevel(keyword: string): string {
  return keptName(keyword.slice(keyword.lastIndexOf('|') + 1));
}

/**
 * Tells what holds for keywords. One with levels that has no rule follows the one of its last level. With `kept` it
 * tells what held when those were all the rules.
 */
export function ruleFinder(
  ledger: Ledger,
  byDefault: KeywordDefault = keywordDefault(ledger),
  kept?: readonly (KeptRule & { readonly keyword: string })[],
): (keyword: string) => EffectiveRule {
  const known = new Map<string, KeptRule | undefined>(kept?.map((rule) => [rule.keyword, rule]));
  if (kept !== undefined) return finderOver((keyword) => known.get(keyword), byDefault);
  const own = (keyword: string): KeptRule | undefined => {
    if (!known.has(keyword)) known.set(keyword, ledger.keywords.rule(keyword));
    return known.get(keyword);
  };
  return finderOver(own, byDefault);
}

function finderOver(
  own: (keyword: string) => KeptRule | undefined,
  byDefault: KeywordDefault,
): (keyword: string) => EffectiveRule {
  const found = new Map<string, EffectiveRule>();
  return (keyword) => {
    const known = found.get(keyword);
    if (known !== undefined) return known;
    const rule = own(keyword);
    const conceptName = lastLevel(keyword);
    const effective =
      rule === undefined
        ? { ...(own(conceptName) ?? { conceptName, ...byDefault }), hasOwnRule: false }
        : { ...rule, hasOwnRule: true };
    found.set(keyword, effective);
    return effective;
  };
}

/** Keywords of files that are there, and those that only have a rule; the most used first. */
export function mappingOf(ledger: Ledger): Omit<KeywordMapping, 'asOf'> {
  const find = ruleFinder(ledger);
  const counts = new Map(ledger.keywords.counts().map(({ keyword, photoCount }) => [keyword, photoCount]));
  for (const { keyword } of ledger.keywords.rules()) if (!counts.has(keyword)) counts.set(keyword, 0);
  const byKeyword = new Intl.Collator('en', { numeric: true });
  return {
    defaultMode: keywordDefault(ledger).mode,
    keywords: [...counts]
      .map(([keyword, photoCount]) => {
        const { mode, conceptName, hasOwnRule } = find(keyword);
        return { keyword, mode, conceptName, hasOwnRule, photoCount };
      })
      .sort((a, b) => b.photoCount - a.photoCount || byKeyword.compare(a.keyword, b.keyword)),
  };
}

/** Keywords of these photos that could become tags: where the rule is to suggest and the photo says nothing of it. */
export function suggestionsFor(ledger: Ledger, photoIds: readonly number[]): CommonTags['suggestions'] {
  if (photoIds.length > SUGGESTION_PHOTOS) return [];
  const found = new Map<string, { keyword: string; conceptName: string; photoCount: number }>();
  for (const { conceptName, keyword } of eachSuggestion(ledger, photoIds)) {
    const known = found.get(conceptName);
    if (known === undefined) found.set(conceptName, { keyword, conceptName, photoCount: 1 });
    else known.photoCount += 1;
  }
  return [...found.values()].sort((a, b) => b.photoCount - a.photoCount).slice(0, SUGGESTION_LIMIT);
}

/** Those of the photos that a concept is suggested for. */
export function photosSuggested(
  ledger: Ledger,
  photoIds: readonly number[],
  conceptName: string,
): readonly number[] {
  return [...eachSuggestion(ledger, photoIds)]
    .filter((suggestion) => suggestion.conceptName === conceptName)
    .map(({ photoId }) => photoId);
}

/** Every concept that a photo's keywords suggest, once for the photo. */
function* eachSuggestion(
  ledger: Ledger,
  photoIds: readonly number[],
): Generator<{ readonly photoId: number; readonly keyword: string; readonly conceptName: string }> {
  const keywords = ledger.keywords.of(photoIds);
  if (keywords.size === 0) return;
  const find = ruleFinder(ledger);
  const concepts = new Map<string, { readonly name: string; readonly id: number | null }>();
  const conceptOf = (ruled: string): { readonly name: string; readonly id: number | null } => {
    const known = concepts.get(ruled);
    if (known !== undefined) return known;
    const name = standingName(ledger, ruled);
    const concept = { name, id: ledger.concepts.byName(name)?.id ?? null };
    concepts.set(ruled, concept);
    return concept;
  };
  const tags = ledger.tags.conceptsOf([...keywords.keys()]);
  for (const [photoId, words] of keywords) {
    const names = new Map<string, string>();
    for (const keyword of words) {
      const { mode, conceptName } = find(keyword);
      if (mode !== 'suggest' || problemOf(conceptName) !== null) continue;
      const { name, id } = conceptOf(conceptName);
      if (names.has(name) || (id !== null && tags.get(photoId)?.has(id) === true)) continue;
      names.set(name, keyword);
    }
    for (const [conceptName, keyword] of names) {
      yield { photoId, keyword, conceptName };
    }
  }
}
