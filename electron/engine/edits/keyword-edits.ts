/** Keyword files and rules for keywords, as acts of the owner; and the tags that automatic rules give. */
import type { Ledger } from '../ledger/ledger.ts';
import { perform, type ActDone } from './acts.ts';
import { cell, writeCells } from './cells.ts';
import { bringConcept, standingName } from './concept-edits.ts';
import { keptName, problemOf } from './concept-search.ts';
import { parseKeywordFile } from './keyword-file.ts';
import {
  KEYWORD_DEFAULT_SETTING,
  keywordDefault,
  ruleFinder,
  type EffectiveRule,
  type KeywordDefault,
} from './keyword-rules.ts';
import { createNearNames } from './near-names.ts';
import type { KeywordFilePlan, KeywordMode, KeywordRule } from '#shared/tagging.ts';

/** A keyword file's text, and which of its levels are taken. */
export interface KeywordText {
  readonly text: string;
  readonly takes: 'leaves' | 'all-levels';
}

/**
 * What a keyword file would bring.
 *
 * @throws KeywordFileError when it cannot be read
 */
export function planKeywordFile(ledger: Ledger, { text, takes }: KeywordText): KeywordFilePlan {
  const { entries, problems } = parseKeywordFile(text, takes);
  const names = new Set(entries.map(({ path }) => path.at(-1) ?? ''));
  const offered = new Set([...ledger.conceptList.all()].map(({ name }) => name));
  const newNames = [...names].filter((name) => !offered.has(name));
  const known = createNearNames(offered);
  const inFile = createNearNames([]);
  const near: { name: string; like: string }[] = [];
  for (const name of newNames) {
    const like = known.like(name) ?? inFile.like(name, true);
    if (like !== null) near.push({ name, like });
    inFile.add(name);
  }
  return { entries, newNames, knownNames: [...names].filter((name) => offered.has(name)), near, problems };
}

/**
 * The concepts that a keyword file would make, each once.
 *
 * @throws KeywordFileError when it cannot be read
 */
export function newNamesIn(ledger: Ledger, { text, takes }: KeywordText): readonly string[] {
  const names = new Set(parseKeywordFile(text, takes).entries.map(({ path }) => path.at(-1) ?? ''));
  for (const { name } of ledger.conceptList.all()) names.delete(name);
  return [...names];
}

/** Makes the concepts that a keyword file brings; its undo hides those again that nothing uses by then. */
export function importKeywords(ledger: Ledger, newNames: readonly string[], at: number): ActDone {
  const label = newNames.length === 1 ? `keyword ${newNames[0] ?? ''}` : `${newNames.length} keywords`;
  return perform(ledger, { kind: 'keywords', label, at }, () => {
    const cells = { before: {}, after: {} };
    for (const name of newNames) bringConcept(ledger, name, at, cells);
    return { photoCount: 0, cells };
  });
}

/**
 * Replaces rules and the default as an act. Rules that become automatic tag the photos whose files have the keyword
 * and that say nothing of the concept.
 *
 * @throws Error with a sentence for people when a name cannot be a concept's
 */
export function saveKeywordMapping(
  ledger: Ledger,
  wanted: {
    readonly defaultMode: KeywordMode;
    readonly rules: readonly KeywordRule[];
    readonly at: number;
  },
): ActDone {
  const { defaultMode, at } = wanted;
  const rules = wanted.rules.map((rule) => ({ ...rule, conceptName: keptName(rule.conceptName) }));
  for (const { conceptName } of rules) {
    const problem = problemOf(conceptName);
    if (problem !== null) throw new Error(problem);
  }
  const label = rules.length === 1 ? `keyword ${rules[0]?.keyword ?? ''}` : 'keywords';
  return perform(ledger, { kind: 'keywords', label, at }, (editId) => {
    const before = keywordDefault(ledger);
    const had = ruleFinder(ledger, before, ledger.keywords.rules());
    const wishes: Record<string, unknown> = {};
    if (before.mode !== defaultMode) {
      const value: KeywordDefault = { mode: defaultMode, editId };
      wishes[cell.setting(KEYWORD_DEFAULT_SETTING)] = value;
    }
    for (const { keyword, mode, conceptName } of rules) {
      const old = ledger.keywords.rule(keyword);
      if (old?.mode === mode && old.conceptName === conceptName) continue;
      wishes[cell.keyword(keyword)] = { mode, conceptName, editId };
    }
    // A concept is made, and its photos tagged, before what made it so is written: the undo goes the other way.
    const cells = { before: {}, after: {} };
    const changed = writeCells(ledger, wishes);
    const photoCount = tagNow(ledger, editId, newlyAutomatic(editId, had), at, cells);
    return {
      photoCount,
      cells: {
        before: { ...cells.before, ...changed.before },
        after: { ...cells.after, ...changed.after },
      },
    };
  });
}

/** Keywords whose rule is automatic since this act and was not before, or was for another concept. */
function newlyAutomatic(
  editId: number,
  had: (keyword: string) => EffectiveRule,
): (keyword: string, rule: EffectiveRule) => boolean {
  return (keyword, rule) => {
    if (rule.mode !== 'automatic' || rule.editId !== editId) return false;
    const old = had(keyword);
    return old.mode !== 'automatic' || old.conceptName !== rule.conceptName;
  };
}

function tagNow(
  ledger: Ledger,
  editId: number,
  isNew: (keyword: string, rule: EffectiveRule) => boolean,
  at: number,
  cells: { readonly before: Record<string, unknown>; readonly after: Record<string, unknown> },
): number {
  if (keywordDefault(ledger).mode !== 'automatic' && !ledger.keywords.hasAutomatic()) return 0;
  const find = ruleFinder(ledger);
  const names = new Map<string, string>();
  for (const keyword of ledger.keywords.all()) {
    const rule = find(keyword);
    if (isNew(keyword, rule) && problemOf(rule.conceptName) === null) names.set(keyword, rule.conceptName);
  }
  if (names.size === 0) return 0;
  const ids = new Map<string, number>();
  for (const name of new Set(names.values())) {
    ids.set(name, bringConcept(ledger, standingName(ledger, name), at, cells));
  }
  const pairs = new Map<string, readonly [number, number]>();
  for (const { photoId, keyword } of ledger.keywords.photosWith([...names.keys()])) {
    const conceptId = ids.get(names.get(keyword) ?? '');
    if (conceptId !== undefined) pairs.set(`${photoId} ${conceptId}`, [photoId, conceptId]);
  }
  const photoCount = ledger.editTags.tagPairs(editId, [...pairs.values()]);
  if (photoCount > 0) ledger.concepts.used([...ids.values()], at);
  return photoCount;
}

/**
 * Gives a photo the tags that automatic rules have for its files' keywords, as items of the acts that made them so.
 * What any act since said of such a tag stands, so that one that was taken away does not come back.
 *
 * @returns whether the photo got any
 */
export function tagByKeywords(ledger: Ledger, photoId: number, at: number): boolean {
  const byDefault = keywordDefault(ledger);
  if (byDefault.mode !== 'automatic' && !ledger.keywords.hasAutomatic()) return false;
  return ledger.transaction(() => {
    const find = ruleFinder(ledger, byDefault);
    const has = new Set(ledger.tags.of(photoId).map(({ conceptId }) => conceptId));
    const given: number[] = [];
    for (const keyword of ledger.keywords.of([photoId]).get(photoId) ?? []) {
      const { mode, conceptName, editId } = find(keyword);
      if (mode !== 'automatic' || editId === null || problemOf(conceptName) !== null) continue;
      const name = standingName(ledger, conceptName);
      const known = ledger.concepts.byName(name)?.id;
      if (known !== undefined && (has.has(known) || ledger.editTags.isSaid(photoId, known, editId))) continue;
      const tip = ledger.editLog.chainOf(editId).at(-1);
      if (tip === undefined) continue;
      // One that an undo hid is offered again: what is in use is never out of sight.
      const conceptId = ledger.concepts.ensure(name, at).id;
      ledger.tags.set(photoId, conceptId, 1);
      ledger.editTags.growItem(tip.id, photoId, conceptId);
      has.add(conceptId);
      given.push(conceptId);
    }
    if (given.length > 0) ledger.concepts.used(given, at);
    return given.length > 0;
  });
}
