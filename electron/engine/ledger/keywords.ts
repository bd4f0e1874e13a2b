import type Database from 'better-sqlite3';
import type { KeywordMode } from '#shared/tagging.ts';

/** What is done with one keyword. */
export interface KeptRule {
  readonly mode: KeywordMode;
  readonly conceptName: string;
  /** The act that made the rule so; what it tags by itself are items of that act. */
  readonly editId: number;
}

/** A keyword that files carry, with how many photos have it. */
export interface KeywordCount {
  readonly keyword: string;
  readonly photoCount: number;
}

/** The keywords of a photo's file: JSON arrays of strings, as the file has them. */
interface FileKeywords {
  readonly photoId: number;
  readonly keywords: string | null;
  readonly hierarchical: string | null;
}

const HAS_KEYWORDS = `kind = 'photo' AND missing_at IS NULL AND (keywords <> '[]' OR hierarchical_keywords <> '[]')`;
const FILES = `file INDEXED BY file_keywords`;
/** Each keyword of each photo, once. */
const WORDS = `SELECT photo_id, word.value AS keyword FROM ${FILES}, json_each(keywords) AS word WHERE ${HAS_KEYWORDS}
  UNION
  SELECT photo_id, word.value FROM ${FILES}, json_each(hierarchical_keywords) AS word WHERE ${HAS_KEYWORDS}`;

/** Statements for keywords of files, and what is done with them. */
export function createKeywords(db: Database.Database) {
  const counts = db.prepare<[], KeywordCount>(
    `SELECT keyword, count(*) AS photoCount FROM (${WORDS}) GROUP BY keyword`,
  );
  const all = db
    .prepare<[], string>(
      `SELECT word.value FROM ${FILES}, json_each(keywords) AS word WHERE ${HAS_KEYWORDS}
       UNION
       SELECT word.value FROM ${FILES}, json_each(hierarchical_keywords) AS word WHERE ${HAS_KEYWORDS}`,
    )
    .pluck();
  const photosWith = db.prepare<[string], { photoId: number; keyword: string }>(
    `SELECT photo_id AS photoId, keyword FROM (${WORDS}) WHERE keyword IN (SELECT value FROM json_each(?))`,
  );
  const of = db.prepare<[string], FileKeywords>(
    `SELECT photo_id AS photoId, keywords, hierarchical_keywords AS hierarchical
     FROM json_each(?) AS wanted CROSS JOIN ${FILES} ON photo_id = wanted.value WHERE ${HAS_KEYWORDS}`,
  );
  const rules = db.prepare<[], KeptRule & { keyword: string }>(
    `SELECT keyword, mode, concept_name AS conceptName, edit_id AS editId FROM keyword_rule`,
  );
  const rule = db.prepare<[string], KeptRule>(
    `SELECT mode, concept_name AS conceptName, edit_id AS editId FROM keyword_rule WHERE keyword = ?`,
  );
  const rulesTo = db.prepare<[string], KeptRule & { keyword: string }>(
    `SELECT keyword, mode, concept_name AS conceptName, edit_id AS editId FROM keyword_rule WHERE concept_name = ?`,
  );
  const setRule = db.prepare<[string, string, string, number]>(
    `INSERT INTO keyword_rule (keyword, mode, concept_name, edit_id) VALUES (?, ?, ?, ?)
     ON CONFLICT DO UPDATE SET mode = excluded.mode, concept_name = excluded.concept_name, edit_id = excluded.edit_id`,
  );
  const removeRule = db.prepare<[string]>('DELETE FROM keyword_rule WHERE keyword = ?');
  const hasAutomatic = db
    .prepare<[], number>(`SELECT EXISTS (SELECT 1 FROM keyword_rule WHERE mode = 'automatic')`)
    .pluck();

  return {
    /** Every keyword of files that are there. Reads all of them: up to a second for very large ledgers. */
    counts: (): KeywordCount[] => counts.all(),
    /** The same without the numbers: several times as fast. */
    all: (): string[] => all.all(),
    /** Photos that have any of these keywords, once for each. */
    photosWith: (keywords: readonly string[]) => photosWith.all(JSON.stringify(keywords)),
    /** The keywords of photos; of each photo once, flat ones first. */
    of(photoIds: readonly number[]): Map<number, Set<string>> {
      const found = new Map<number, Set<string>>();
      for (const { photoId, keywords, hierarchical } of of.all(JSON.stringify(photoIds))) {
        const words = found.get(photoId) ?? new Set<string>();
        found.set(photoId, words);
        for (const text of [keywords, hierarchical]) {
          if (text !== null && text !== '[]')
            for (const word of JSON.parse(text) as string[]) words.add(word);
        }
      }
      return found;
    },
    rule: (keyword: string): KeptRule | undefined => rule.get(keyword),
    rules: (): (KeptRule & { keyword: string })[] => rules.all(),
    /** Rules whose concept has this name. */
    rulesTo: (conceptName: string): (KeptRule & { keyword: string })[] => rulesTo.all(conceptName),
    setRule(keyword: string, kept: KeptRule | null): void {
      if (kept === null) removeRule.run(keyword);
      else setRule.run(keyword, kept.mode, kept.conceptName, kept.editId);
    },
    hasAutomatic: (): boolean => hasAutomatic.get() === 1,
  };
}
