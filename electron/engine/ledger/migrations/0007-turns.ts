/** Version 7 of the ledger: the order in which photos leave, and folders that are paused. Never edited after release. */

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

const isResting = (row: 'OLD' | 'NEW'): string => `(${row}.state = 'queued' AND ${row}.turn IS NULL)`;

export const turns = `
-- A paused folder's photos are not sent; 'until' is when it ends by itself, null: by the owner.
ALTER TABLE folder ADD COLUMN paused_at INTEGER;
ALTER TABLE folder ADD COLUMN paused_until INTEGER;

-- The owner wants it to go before all others.
ALTER TABLE upload ADD COLUMN is_first INTEGER NOT NULL DEFAULT 0 CHECK (is_first IN (0, 1));
-- A queued photo's place in the order of sending, the least goes first; null: all folders that hold it are paused.
-- Only queued photos rest, so that every other one has some turn.
ALTER TABLE upload ADD COLUMN turn REAL DEFAULT 0;

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

-- Photos that rest, kept as they come and go, so that no count needs a scan. What stands ready of them is made anew
-- later: the room is for those that go.
CREATE TABLE resting_count (
  destination_id INTEGER PRIMARY KEY REFERENCES destination (id),
  photo_count INTEGER NOT NULL CHECK (photo_count >= 0)
) STRICT;
CREATE TRIGGER rest_begins AFTER UPDATE OF turn ON upload WHEN ${isResting('NEW')} AND NOT ${isResting('OLD')}
BEGIN
  INSERT INTO resting_count VALUES (NEW.destination_id, 1)
    ON CONFLICT DO UPDATE SET photo_count = photo_count + 1;
  UPDATE upload SET ready_bytes = NULL
    WHERE photo_id = NEW.photo_id AND destination_id = NEW.destination_id AND turn IS NULL AND ready_bytes IS NOT NULL;
END;
CREATE TRIGGER rest_ends AFTER UPDATE OF state, turn ON upload WHEN ${isResting('OLD')} AND NOT ${isResting('NEW')}
BEGIN
  UPDATE resting_count SET photo_count = photo_count - 1 WHERE destination_id = NEW.destination_id;
END;
`;
