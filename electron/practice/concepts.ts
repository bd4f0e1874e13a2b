/** Concepts: created by a POST, or by being used on an input; there is no delete. */
import type { Account, Call } from './account.ts';
import type { ConceptRow } from './concept-rows.ts';
import { readPage } from './paging.ts';
import { ok, Refusal, timestamp, type JsonObject, type Reply } from './reply.ts';
import { parseWire, POST_CONCEPTS, SEARCH_CONCEPTS } from './wire.ts';

const conceptJson = (account: Account, row: ConceptRow): JsonObject => ({
  id: row.id,
  name: row.name,
  value: 1,
  created_at: timestamp(row.created_at),
  language: 'en',
  app_id: account.appId,
  ...(row.definition === null ? {} : { definition: row.definition }),
  visibility: { gettable: 10 },
  user_id: account.userId,
});

const escapeLike = (text: string): string => text.replaceAll(/[\\%_]/g, String.raw`\$&`);

/** `GET /concepts`, with `id` as a fuzzy match. */
export const listConcepts = (account: Account, { query }: Call): Reply => {
  const { page, perPage } = readPage(query);
  const like = `%${escapeLike(query.get('id') ?? '')}%`;
  const rows = account.concepts.page(like, perPage, (page - 1) * perPage);
  return ok({ concepts: rows.map((row) => conceptJson(account, row)) });
};

/** `GET /concepts/{concept_id}`. */
export const getConcept = (account: Account, { params }: Call): Reply => {
  const row = account.concepts.get(params['concept_id'] ?? '');
  if (row === undefined) throw new Refusal(404, 11101, 'The concept does not exist');
  return ok({ concept: conceptJson(account, row) });
};

/** `POST /concepts`: an id that exists refuses the whole request. */
export const postConcepts = (account: Account, { body }: Call): Reply => {
  const wanted = parseWire(POST_CONCEPTS, body).concepts ?? [];
  if (wanted.length === 0) throw new Refusal(400, 40003, 'There are no concepts in the request');
  const seen = new Set<string>();
  for (const { id = '' } of wanted) {
    if (id === '') throw new Refusal(400, 40003, 'A concept has no id');
    if (seen.has(id) || account.concepts.get(id) !== undefined) {
      throw new Refusal(400, 40003, `Concept ${id} is a duplicate`);
    }
    seen.add(id);
  }
  const now = account.now();
  account.db.transaction(() => {
    for (const { id = '', name, definition } of wanted) {
      account.concepts.insert(id, name ?? id, definition ?? null, now);
    }
  })();
  return conceptsReply(account, [...seen]);
};

/** `PATCH /concepts`: only `overwrite`. */
export const patchConcepts = (account: Account, { body }: Call): Reply => {
  const { concepts = [], action } = parseWire(POST_CONCEPTS, body);
  if (action !== 'overwrite') throw new Refusal(400, 40003, 'The only action for concepts is overwrite');
  for (const { id = '' } of concepts) {
    if (account.concepts.get(id) === undefined) throw new Refusal(404, 11101, `Concept ${id} does not exist`);
  }
  account.db.transaction(() => {
    for (const { id = '', name, definition } of concepts) {
      account.concepts.rename(id, name ?? account.concepts.get(id)?.name ?? id, definition ?? null);
    }
  })();
  return conceptsReply(
    account,
    concepts.map(({ id = '' }) => id),
  );
};

const conceptsReply = (account: Account, ids: readonly string[]): Reply =>
  ok({
    concepts: ids.flatMap((id) => {
      const row = account.concepts.get(id);
      return row === undefined ? [] : [conceptJson(account, row)];
    }),
  });

/** `POST /concepts/searches`: by name or id, `*` stands for anything. */
export const searchConcepts = (account: Account, { body }: Call): Reply => {
  const { concept_query: asked, pagination } = parseWire(SEARCH_CONCEPTS, body);
  const { page, perPage } = readPage(
    new URLSearchParams({
      page: String(pagination?.page ?? 1),
      per_page: String(pagination?.per_page ?? 128),
    }),
  );
  const like = escapeLike(asked?.name ?? '*').replaceAll('*', '%');
  const rows = account.concepts.page(like, perPage, (page - 1) * perPage);
  return ok({ concepts: rows.map((row) => conceptJson(account, row)) });
};

/** `GET /concepts/status`: how many inputs carry each concept. */
export const countConcepts = (account: Account, { query }: Call): Reply => {
  const { page, perPage } = readPage(query);
  return ok({
    concept_counts: account.concepts.counts(perPage, (page - 1) * perPage).map((row) => ({
      id: row.id,
      name: row.name,
      concept_type_count: { positive: row.positive, negative: row.negative },
    })),
  });
};
