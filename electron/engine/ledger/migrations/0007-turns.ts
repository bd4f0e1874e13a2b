/**
 * Version 7 of the ledger: the order in which photos leave, folders that are paused, and counts of what waits for what.
 * Never edited after release.
 */

/** Files that hold a photo for its destination now, in folders of which `condition` is true. */
const held = (
  condition: string,
): string => `EXISTS (SELECT 1 FROM file CROSS JOIN folder ON folder.id = file.folder_id
      WHERE file.photo_id = upload.photo_id AND file.missing_at IS NULL AND folder.removed_at IS NULL
        AND folder.destination_id = upload.destination_id AND ${condition})`;

/** A column of the file whose facts the photo shows. */
const chosen = (column: string): string => `(SELECT file.${column}
      FROM photo CROSS JOIN file ON file.id = photo.chosen_file_id WHERE photo.id = upload.photo_id)`;

/** Takes the turns of queued photos anew. */
const take = (which: string): string => `UPDATE upload SET turn = (SELECT turn FROM turn_now
      WHERE turn_now.photo_id = upload.photo_id AND turn_now.destination_id = upload.destination_id)
    WHERE ${which} AND state = 'queued'`;

/** Notes anew which folders hold photos that wait. */
const hold = (which: string): string => `UPDATE upload SET held_in = (SELECT json_group_array(folder_id) FROM
      (SELECT DISTINCT folder_id FROM file WHERE file.photo_id = upload.photo_id AND missing_at IS NULL ORDER BY folder_id))
    WHERE ${which} AND state IN ('found', 'queued')`;

/** Whether a photo is counted elsewhere than before. */
const HAS_MOVED = '(NEW.situation IS NOT OLD.situation OR NEW.held_in IS NOT OLD.held_in)';

export const turns = `
-- A paused folder's photos are not sent; 'until' is when it ends by itself, null: by the owner.
ALTER TABLE folder ADD COLUMN paused_at INTEGER;
ALTER TABLE folder ADD COLUMN paused_until INTEGER;

-- The owner wants it to go before all others.
ALTER TABLE upload ADD COLUMN is_first INTEGER NOT NULL DEFAULT 0 CHECK (is_first IN (0, 1));
-- A queued photo's place in the order of sending, the least goes first; null: all folders that hold it are paused.
-- Only queued photos rest, so that every other one has some turn.
ALTER TABLE upload ADD COLUMN turn REAL DEFAULT 0;

-- What a photo waits for; null: it does not wait. 'resting' is for its folders, which are paused.
ALTER TABLE upload ADD COLUMN situation TEXT AS (CASE WHEN state = 'found' THEN 'found' WHEN state <> 'queued' THEN NULL
  WHEN turn IS NULL THEN 'resting' WHEN checked_at IS NULL THEN 'unchecked' WHEN ready_bytes IS NULL THEN 'unready'
  ELSE 'ready' END) VIRTUAL;
-- Ids of the folders in which its files are, as JSON in rising order; of use only while it waits.
ALTER TABLE upload ADD COLUMN held_in TEXT;

-- What a photo's turn is by the order of now. Capture times are kept within the year 3237, so that stars come first.
CREATE VIEW turn_now AS SELECT photo_id, destination_id,
  CASE WHEN ${held('folder.paused_at IS NOT NULL')} AND NOT ${held('folder.paused_at IS NULL')} THEN NULL
    ELSE CAST(CASE (SELECT value ->> '$.order' FROM setting WHERE key = 'sending')
      WHEN 'newest' THEN -sort_at
      WHEN 'oldest' THEN sort_at
      WHEN 'smallest' THEN coalesce(${chosen('size')}, 0)
      WHEN 'best-rated' THEN (5 - coalesce(${chosen('rating')}, 0)) * 1e14 + min(max(sort_at, -4e13), 4e13)
      ELSE photo_id
    END AS REAL) - is_first * 1e16
  END AS turn
  FROM upload;

UPDATE upload SET turn = photo_id WHERE state = 'queued';
DROP INDEX upload_unchecked;
DROP INDEX upload_unready;
DROP INDEX upload_ready;
CREATE INDEX upload_unchecked ON upload (destination_id, turn, photo_id)
  WHERE state = 'queued' AND checked_at IS NULL;
CREATE INDEX upload_unready ON upload (destination_id, turn, photo_id)
  WHERE state = 'queued' AND checked_at IS NOT NULL AND ready_bytes IS NULL;
CREATE INDEX upload_ready ON upload (destination_id, turn, photo_id)
  WHERE state = 'queued' AND checked_at IS NOT NULL AND ready_bytes IS NOT NULL;
-- With what tells the situation, so that those who wait for their time are counted in it alone.
DROP INDEX upload_retry;
CREATE INDEX upload_retry ON upload (destination_id, retry_at, checked_at, ready_bytes, turn)
  WHERE state = 'queued' AND retry_at IS NOT NULL;

-- Whoever queues a photo, and whatever its own turn depends on, need not know of turns.
CREATE TRIGGER turn_of_new AFTER INSERT ON upload WHEN NEW.state = 'queued'
BEGIN
  ${take('photo_id = NEW.photo_id AND destination_id = NEW.destination_id')};
END;
CREATE TRIGGER turn_of_queued AFTER UPDATE OF state ON upload WHEN NEW.state = 'queued' AND OLD.state <> 'queued'
BEGIN
  ${take('photo_id = NEW.photo_id AND destination_id = NEW.destination_id')};
END;
CREATE TRIGGER turn_of_left AFTER UPDATE OF state ON upload WHEN NEW.state <> 'queued' AND NEW.turn IS NULL
BEGIN
  UPDATE upload SET turn = 0 WHERE photo_id = NEW.photo_id AND destination_id = NEW.destination_id;
END;
CREATE TRIGGER turn_of_chosen AFTER UPDATE OF sort_at, is_first ON upload
  WHEN NEW.state = 'queued' AND (NEW.sort_at <> OLD.sort_at OR NEW.is_first <> OLD.is_first)
BEGIN
  ${take('photo_id = NEW.photo_id AND destination_id = NEW.destination_id')};
END;
CREATE TRIGGER turn_of_photo AFTER UPDATE OF chosen_file_id ON photo
  WHEN NEW.chosen_file_id IS NOT OLD.chosen_file_id
BEGIN
  ${take('photo_id = NEW.id')};
END;
CREATE TRIGGER turn_of_new_file AFTER INSERT ON file WHEN NEW.photo_id IS NOT NULL
BEGIN
  ${take('photo_id = NEW.photo_id')};
END;
CREATE TRIGGER turn_of_file AFTER UPDATE OF folder_id, photo_id, missing_at, rating, size ON file
  WHEN NEW.photo_id IS NOT NULL AND (NEW.folder_id <> OLD.folder_id OR NEW.photo_id IS NOT OLD.photo_id
    OR NEW.missing_at IS NOT OLD.missing_at OR NEW.rating IS NOT OLD.rating OR NEW.size <> OLD.size)
BEGIN
  ${take('photo_id = NEW.photo_id')};
END;
CREATE TRIGGER turn_of_left_file AFTER UPDATE OF photo_id ON file
  WHEN OLD.photo_id IS NOT NULL AND NEW.photo_id IS NOT OLD.photo_id
BEGIN
  ${take('photo_id = OLD.photo_id')};
END;

-- What changes the turns of very many photos is counted; somebody takes them anew, piece by piece, up to that count.
CREATE TABLE turn_change (
  id INTEGER PRIMARY KEY CHECK (id = 1),
  made INTEGER NOT NULL DEFAULT 0,
  taken INTEGER NOT NULL DEFAULT 0
) STRICT;
INSERT INTO turn_change (id) VALUES (1);
CREATE TRIGGER turns_of_folder AFTER UPDATE OF paused_at, removed_at, destination_id ON folder
  WHEN NEW.paused_at IS NOT OLD.paused_at OR NEW.removed_at IS NOT OLD.removed_at
    OR NEW.destination_id <> OLD.destination_id
BEGIN
  UPDATE turn_change SET made = made + 1;
END;
CREATE TRIGGER turns_of_new_order AFTER INSERT ON setting WHEN NEW.key = 'sending'
BEGIN
  UPDATE turn_change SET made = made + 1;
END;
CREATE TRIGGER turns_of_order AFTER UPDATE OF value ON setting
  WHEN NEW.key = 'sending' AND NEW.value ->> '$.order' IS NOT OLD.value ->> '$.order'
BEGIN
  UPDATE turn_change SET made = made + 1;
END;

-- Photos that wait, kept as they move, so that no count needs a scan.
CREATE TABLE waiting_count (
  destination_id INTEGER NOT NULL REFERENCES destination (id),
  situation TEXT NOT NULL,
  held_in TEXT NOT NULL,
  -- Where triggers are nested the inner one may count first: it is below 0 for that moment.
  photo_count INTEGER NOT NULL,
  PRIMARY KEY (destination_id, situation, held_in)
) STRICT, WITHOUT ROWID;
${hold('TRUE')};
INSERT INTO waiting_count SELECT destination_id, situation, held_in, count(*) FROM upload
  WHERE situation IS NOT NULL GROUP BY destination_id, situation, held_in;
CREATE TRIGGER wait_of_new AFTER INSERT ON upload
BEGIN
  ${hold('photo_id = NEW.photo_id AND destination_id = NEW.destination_id')};
END;
CREATE TRIGGER wait_of_returned AFTER UPDATE OF state ON upload
  WHEN NEW.state IN ('found', 'queued') AND OLD.state NOT IN ('found', 'queued')
BEGIN
  ${hold('photo_id = NEW.photo_id AND destination_id = NEW.destination_id')};
END;
CREATE TRIGGER wait_of_new_file AFTER INSERT ON file WHEN NEW.photo_id IS NOT NULL
BEGIN
  ${hold('photo_id = NEW.photo_id')};
END;
CREATE TRIGGER wait_of_file AFTER UPDATE OF folder_id, photo_id, missing_at ON file
  WHEN NEW.folder_id <> OLD.folder_id OR NEW.photo_id IS NOT OLD.photo_id OR NEW.missing_at IS NOT OLD.missing_at
BEGIN
  ${hold('photo_id IN (OLD.photo_id, NEW.photo_id)')};
END;
CREATE TRIGGER wait_begins AFTER UPDATE OF state, turn, checked_at, ready_bytes, held_in ON upload
  WHEN NEW.situation IS NOT NULL AND NEW.held_in IS NOT NULL AND ${HAS_MOVED}
BEGIN
  INSERT INTO waiting_count VALUES (NEW.destination_id, NEW.situation, NEW.held_in, 1)
    ON CONFLICT DO UPDATE SET photo_count = photo_count + 1;
END;
CREATE TRIGGER wait_ends AFTER UPDATE OF state, turn, checked_at, ready_bytes, held_in ON upload
  WHEN OLD.situation IS NOT NULL AND OLD.held_in IS NOT NULL AND ${HAS_MOVED}
BEGIN
  INSERT INTO waiting_count VALUES (OLD.destination_id, OLD.situation, OLD.held_in, -1)
    ON CONFLICT DO UPDATE SET photo_count = photo_count - 1;
END;

-- What stands ready of photos that rest is made anew later: the room is for those that go.
CREATE TRIGGER rest_begins AFTER UPDATE OF turn ON upload WHEN NEW.situation = 'resting' AND OLD.situation IS NOT 'resting'
BEGIN
  UPDATE upload SET ready_bytes = NULL
    WHERE photo_id = NEW.photo_id AND destination_id = NEW.destination_id AND turn IS NULL AND ready_bytes IS NOT NULL;
END;
`;
