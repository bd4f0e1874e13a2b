import type Database from 'better-sqlite3';
import type { ChangeTopic } from '#shared/changes.ts';

/** Which tables belong to which topic; tables that nobody is shown are missing. */
const TOPICS: Readonly<Record<string, ChangeTopic>> = {
  photo: 'photos',
  file: 'photos',
  upload: 'photos',
  failure: 'photos',
  tag: 'tags',
  remote_tag: 'tags',
  concept: 'concepts',
  keyword_rule: 'concepts',
  edit: 'edits',
  folder: 'folders',
  folder_tag: 'folders',
  hold: 'holds',
  destination: 'destinations',
  setting: 'settings',
};

/** Settings that the program keeps for itself. */
const PRIVATE_SETTINGS = ['clean-end', 'checked-at', 'rests-overruled', 'pace'];

/**
 * Tells of every write of a connection, by triggers that live as long as it does. A call costs about a microsecond per
 * row; only a connection that somebody listens to has them.
 */
export function createWrites(db: Database.Database) {
  return {
    /** Calls `listener` inside the transaction of each written row. Once per connection. */
    listen(listener: (topic: ChangeTopic) => void): void {
      db.function('note_write', (topic) => {
        listener(topic as ChangeTopic);
        return null;
      });
      for (const [table, topic] of Object.entries(TOPICS)) {
        for (const act of ['INSERT', 'UPDATE', 'DELETE']) {
          const row = act === 'DELETE' ? 'OLD' : 'NEW';
          const when =
            table === 'setting'
              ? `WHEN ${row}.key NOT IN (${PRIVATE_SETTINGS.map((key) => `'${key}'`).join(', ')})`
              : '';
          db.exec(`CREATE TEMP TRIGGER note_${table}_${act.toLowerCase()} AFTER ${act} ON main.${table} ${when}
            BEGIN SELECT note_write('${topic}'); END`);
        }
      }
    },
  };
}
