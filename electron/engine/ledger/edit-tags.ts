import type Database from 'better-sqlite3';
import type { TagValue } from './tags.ts';

/** What an item of an edit that tags keeps, as JSON: tag values by the concept's local id; null: nothing said. */
export interface TagItem {
  readonly tags: Readonly<Record<string, TagValue | null>>;
}

/** Wishes as JSON: value by concept id. */
function wishesOf(wishes: readonly { conceptId: number; value: TagValue | null }[]): string {
  return JSON.stringify(Object.fromEntries(wishes.map(({ conceptId, value }) => [conceptId, value])));
}

function tagPath(conceptId: number): string {
  return `$.tags."${conceptId}"`;
}

/** The loops stay in this order: by photo, by wish. */
const CHANGES = `json_each($photoIds) AS wanted
  CROSS JOIN photo ON photo.id = wanted.value
  CROSS JOIN json_each($wishes) AS wish
  LEFT JOIN tag ON tag.photo_id = photo.id AND tag.concept_id = CAST(wish.key AS INTEGER)`;
/** Each cell of a tag that an edit changed, with what it is now. */
const CELLS = `edit_item AS item
  CROSS JOIN json_each(item.before, '$.tags') AS was
  LEFT JOIN tag ON tag.photo_id = item.photo_id AND tag.concept_id = CAST(was.key AS INTEGER)`;
const IS_AS_LEFT = `tag.value IS json_extract(item.after, '$.tags."' || was.key || '"')`;

/** Statements that tag whole selections as items of an edit: a handful for any number of photos. */
export function createEditTags(db: Database.Database) {
  const addWishes = db.prepare<{ editId: number; photoIds: string; wishes: string }>(
    `INSERT INTO edit_item (edit_id, photo_id, before, after)
     SELECT $editId, photo.id, json_object('tags', json_group_object(wish.key, tag.value)),
       json_object('tags', json_group_object(wish.key, wish.value))
     FROM ${CHANGES} WHERE tag.value IS NOT wish.value GROUP BY photo.id`,
  );
  const addPairs = db.prepare<{ editId: number; pairs: string }>(
    `INSERT INTO edit_item (edit_id, photo_id, before, after)
     SELECT $editId, photo.id, json_object('tags', json_group_object(pair.value ->> 1, NULL)),
       json_object('tags', json_group_object(pair.value ->> 1, 1))
     FROM json_each($pairs) AS pair CROSS JOIN photo ON photo.id = pair.value ->> 0
     WHERE NOT EXISTS (SELECT 1 FROM tag WHERE photo_id = photo.id AND concept_id = pair.value ->> 1)
     GROUP BY photo.id`,
  );
  const isSaid = db
    .prepare<{ photoId: number; since: number; path: string }, number>(
      `SELECT EXISTS (SELECT 1 FROM edit_item
         WHERE photo_id = $photoId AND edit_id >= $since AND json_type(after, $path) IS NOT NULL)`,
    )
    .pluck();
  const growItem = db.prepare<{ editId: number; photoId: number; path: string; id: string }>(
    `INSERT INTO edit_item (edit_id, photo_id, before, after)
     VALUES ($editId, $photoId, json_object('tags', json_object($id, NULL)), json_object('tags', json_object($id, 1)))
     ON CONFLICT DO UPDATE SET before = json_set(before, $path, NULL), after = json_set(after, $path, 1)`,
  );
  const addMerges = db.prepare<{ editId: number; fromId: number; intoId: number }>(
    `INSERT INTO edit_item (edit_id, photo_id, before, after)
     SELECT $editId, tag.photo_id,
       json_object('tags', json_object($fromId || '', tag.value, $intoId || '', other.value)),
       json_object('tags', json_object($fromId || '', NULL, $intoId || '', coalesce(other.value, tag.value)))
     FROM tag LEFT JOIN tag AS other ON other.photo_id = tag.photo_id AND other.concept_id = $intoId
     WHERE tag.concept_id = $fromId`,
  );
  const addReverse = db.prepare<{ editId: number; undoneId: number }>(
    `INSERT INTO edit_item (edit_id, photo_id, before, after)
     SELECT $editId, item.photo_id, json_object('tags', json_group_object(was.key, tag.value)),
       json_object('tags', json_group_object(was.key, was.value))
     FROM ${CELLS} WHERE item.edit_id = $undoneId AND ${IS_AS_LEFT} AND tag.value IS NOT was.value
     GROUP BY item.photo_id`,
  );
  const countLeft = db
    .prepare<[number], number>(
      `SELECT count(DISTINCT item.photo_id) FROM ${CELLS} WHERE item.edit_id = ? AND NOT (${IS_AS_LEFT})`,
    )
    .pluck();
  const setTags = db.prepare<[number]>(
    `INSERT INTO tag (photo_id, concept_id, value, sort_at)
     SELECT item.photo_id, CAST(wish.key AS INTEGER), wish.value, photo.sort_at
     FROM edit_item AS item CROSS JOIN json_each(item.after, '$.tags') AS wish
       CROSS JOIN photo ON photo.id = item.photo_id
     WHERE item.edit_id = ? AND wish.value IS NOT NULL
     ON CONFLICT (photo_id, concept_id) DO UPDATE SET value = excluded.value WHERE value <> excluded.value`,
  );
  const clearTags = db.prepare<[number]>(
    `DELETE FROM tag WHERE (photo_id, concept_id) IN (
       SELECT item.photo_id, CAST(wish.key AS INTEGER)
       FROM edit_item AS item CROSS JOIN json_each(item.after, '$.tags') AS wish
       WHERE item.edit_id = ? AND wish.value IS NULL)`,
  );
  const apply = (editId: number, added: number): number => {
    if (added === 0) return 0;
    setTags.run(editId);
    clearTags.run(editId);
    return added;
  };

  return {
    /**
     * Tags photos as the items of a new edit; photos that are tagged so already get none.
     *
     * @returns how many photos changed
     */
    tag(
      editId: number,
      photoIds: readonly number[],
      wishes: readonly { conceptId: number; value: TagValue | null }[],
    ): number {
      const act = { editId, photoIds: JSON.stringify(photoIds), wishes: wishesOf(wishes) };
      return apply(editId, addWishes.run(act).changes);
    },
    /**
     * Photos get concepts, each its own, where they say nothing of them; as the items of a new edit.
     *
     * @returns how many photos changed
     */
    tagPairs(editId: number, pairs: readonly (readonly [photoId: number, conceptId: number])[]): number {
      return apply(editId, addPairs.run({ editId, pairs: JSON.stringify(pairs) }).changes);
    },
    /** Whether an edit from `since` on said something of a photo's tag. */
    isSaid(photoId: number, conceptId: number, since: number): boolean {
      return isSaid.get({ photoId, since, path: tagPath(conceptId) }) === 1;
    },
    /** Notes that a photo that said nothing of a concept has it now, in the item that an edit may have for it. */
    growItem(editId: number, photoId: number, conceptId: number): void {
      growItem.run({ editId, photoId, path: tagPath(conceptId), id: String(conceptId) });
    },
    /** Photos of one concept get another instead; where they say something of that already, it stays. */
    merge(editId: number, fromId: number, intoId: number): number {
      return apply(editId, addMerges.run({ editId, fromId, intoId }).changes);
    },
    /**
     * Sets back what an edit changed, as the items of a new one, where nothing came after.
     *
     * @returns how many photos changed, and how many were left because something came after
     */
    reverse(editId: number, undoneId: number): { photoCount: number; leftCount: number } {
      const leftCount = countLeft.get(undoneId) ?? 0;
      return { photoCount: apply(editId, addReverse.run({ editId, undoneId }).changes), leftCount };
    },
  };
}
