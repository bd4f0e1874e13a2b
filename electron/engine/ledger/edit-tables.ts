/** Tables of acts, concepts and keywords: what the owner says of photos. */
import type Database from 'better-sqlite3';
import { createConceptList } from './concept-list.ts';
import { createConcepts } from './concepts.ts';
import { createEditLog } from './edit-log.ts';
import { createEditTags } from './edit-tags.ts';
import { createKeywords } from './keywords.ts';
import { createTags } from './tags.ts';

/** Makes them over one connection. */
export function createEditTables(db: Database.Database) {
  return {
    conceptList: createConceptList(db),
    concepts: createConcepts(db),
    editLog: createEditLog(db),
    editTags: createEditTags(db),
    keywords: createKeywords(db),
    tags: createTags(db),
  };
}

export type EditTables = ReturnType<typeof createEditTables>;
