import type Database from 'better-sqlite3';

/** 1: the photo has the concept; 0: it is marked as not having it. */
export type TagValue = 0 | 1;

/** One tag of a photo. */
export interface Tag {
  readonly conceptId: number;
  readonly value: TagValue;
}

/** A concept of some photos, with how many have it and how many are marked as not having it. */
export interface CommonTag {
  readonly conceptId: number;
  readonly name: string;
  readonly presentCount: number;
  readonly absentCount: number;
}

/**
 * Stands for the value of a concept while a change of it is on its way, and after one whose outcome is not known. It
 * equals no value that can be wanted, so that whatever the owner wants by then is sent.
 */
const UNKNOWN_VALUE = 0.5;

/** A concept that the service was last known to hold for an input. */
export interface RemoteTag {
  readonly conceptId: number;
  readonly value: number;
  /** Whether we sent it; the rest came from elsewhere and is left alone. */
  readonly ours: 0 | 1;
}

/** Statements for tags: what the owner wants, and what each destination was last known to have. */
export function createTags(db: Database.Database) {
  const of = db.prepare<[number], Tag>(
    'SELECT concept_id AS conceptId, value FROM tag WHERE photo_id = ? ORDER BY concept_id',
  );
  const set = db.prepare<[number, number, TagValue, number]>(
    `INSERT INTO tag (photo_id, concept_id, value, sort_at)
     SELECT ?, ?, ?, sort_at FROM photo WHERE id = ?
     ON CONFLICT (photo_id, concept_id) DO UPDATE SET value = excluded.value`,
  );
  const clear = db.prepare<[number, number]>('DELETE FROM tag WHERE photo_id = ? AND concept_id = ?');
  const common = db.prepare<[string], CommonTag>(
    `SELECT tag.concept_id AS conceptId, concept.name, sum(tag.value) AS presentCount, sum(1 - tag.value) AS absentCount
     FROM json_each(?) AS wanted CROSS JOIN tag ON tag.photo_id = wanted.value
       CROSS JOIN concept ON concept.id = tag.concept_id GROUP BY tag.concept_id`,
  );
  const conceptsOf = db.prepare<[string], { photoId: number; conceptId: number }>(
    `SELECT tag.photo_id AS photoId, tag.concept_id AS conceptId
     FROM json_each(?) AS wanted CROSS JOIN tag ON tag.photo_id = wanted.value`,
  );
  const remoteOf = db.prepare<[number, number], RemoteTag>(
    `SELECT concept_id AS conceptId, value, ours FROM remote_tag
     WHERE photo_id = ? AND destination_id = ? ORDER BY concept_id`,
  );
  const clearRemote = db.prepare<[number, number]>(
    'DELETE FROM remote_tag WHERE photo_id = ? AND destination_id = ?',
  );
  const addRemote = db.prepare<[number, number, number, number, 0 | 1]>(
    'INSERT INTO remote_tag (photo_id, destination_id, concept_id, value, ours) VALUES (?, ?, ?, ?, ?)',
  );
  const intend = db.prepare<[number, number, number, number]>(
    `INSERT INTO remote_tag (photo_id, destination_id, concept_id, value, ours) VALUES (?, ?, ?, ?, 1)
     ON CONFLICT DO UPDATE SET value = excluded.value, ours = 1`,
  );
  const sent = db.prepare<[number, number, number]>(
    'UPDATE upload SET tags_sent = ? WHERE photo_id = ? AND destination_id = ?',
  );
  // A concept that came from elsewhere becomes ours when it is wanted, too: that is for whoever compares in full.
  // The sign before `state` keeps SQLite from walking all photos in these states for a few that are named.
  const settle = db.prepare<{ photoIds: string; destinationId: number }>(
    `UPDATE upload SET tags_sent = tags_version
     WHERE destination_id = $destinationId AND photo_id IN (SELECT value FROM json_each($photoIds))
       AND tags_version <> tags_sent AND +state IN ('found', 'queued', 'accepted', 'indexed')
       AND NOT EXISTS (SELECT 1 FROM tag WHERE tag.photo_id = upload.photo_id AND NOT EXISTS (
         SELECT 1 FROM remote_tag AS there WHERE there.photo_id = tag.photo_id AND there.destination_id = $destinationId
           AND there.concept_id = tag.concept_id AND there.value = tag.value AND there.ours = 1))
       AND NOT EXISTS (SELECT 1 FROM remote_tag AS there
         WHERE there.photo_id = upload.photo_id AND there.destination_id = $destinationId AND there.ours = 1
           AND NOT EXISTS (SELECT 1 FROM tag
             WHERE tag.photo_id = there.photo_id AND tag.concept_id = there.concept_id))`,
  );
  const due = db.prepare<[number, number]>(
    'UPDATE upload SET tags_version = tags_version + 1 WHERE photo_id = ? AND destination_id = ?',
  );

  return {
    of: (photoId: number): Tag[] => of.all(photoId),
    /** Sets a tag, or takes it away (null). Edits go through the edit log, which calls this. */
    set(photoId: number, conceptId: number, value: TagValue | null): void {
      if (value === null) clear.run(photoId, conceptId);
      else set.run(photoId, conceptId, value, photoId);
    },
    /** How many of these photos have each concept; each photo id is given once. */
    commonOf: (photoIds: readonly number[]): CommonTag[] => common.all(JSON.stringify(photoIds)),
    /** The concepts that these photos say something of. */
    conceptsOf(photoIds: readonly number[]): Map<number, Set<number>> {
      const found = new Map<number, Set<number>>();
      for (const { photoId, conceptId } of conceptsOf.all(JSON.stringify(photoIds))) {
        const known = found.get(photoId);
        if (known === undefined) found.set(photoId, new Set([conceptId]));
        else known.add(conceptId);
      }
      return found;
    },
    remoteOf: (photoId: number, destinationId: number): RemoteTag[] => remoteOf.all(photoId, destinationId),
    /** Replaces what the destination is known to have. */
    setRemote(photoId: number, destinationId: number, tags: readonly RemoteTag[]): void {
      clearRemote.run(photoId, destinationId);
      for (const tag of tags) addRemote.run(photoId, destinationId, tag.conceptId, tag.value, tag.ours);
    },
    /** Writes down that changes of these concepts are about to be sent: the intent before the act. */
    intend(photoId: number, destinationId: number, conceptIds: readonly number[]): void {
      for (const conceptId of conceptIds) intend.run(photoId, destinationId, conceptId, UNKNOWN_VALUE);
    },
    /** The service has the tags as they were at `tagsVersion`. */
    sent(photoId: number, destinationId: number, tagsVersion: number): void {
      sent.run(tagsVersion, photoId, destinationId);
    },
    /** Of these photos, those that have at the service just what is wanted have nothing to send any more. */
    settle(photoIds: readonly number[], destinationId: number): void {
      settle.run({ photoIds: JSON.stringify(photoIds), destinationId });
    },
    /** What is wanted has to be compared with what the service has. */
    markDue(photoId: number, destinationId: number): void {
      due.run(photoId, destinationId);
    },
  };
}
