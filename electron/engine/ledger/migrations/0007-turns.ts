/** Version 7 of the ledger: the order in which photos leave, and folders that are paused. Never edited after release. */
export const turns = `
-- A paused folder's photos are not sent; 'until' is when it ends by itself, null: by the owner.
ALTER TABLE folder ADD COLUMN paused_at INTEGER;
ALTER TABLE folder ADD COLUMN paused_until INTEGER;

-- The owner wants it to go before all others.
ALTER TABLE upload ADD COLUMN is_first INTEGER NOT NULL DEFAULT 0 CHECK (is_first IN (0, 1));
-- A queued photo's place in the order of sending, the least goes first; null: all folders that hold it are paused.
ALTER TABLE upload ADD COLUMN turn REAL;

-- What a photo's turn is by the order of now. Capture times are kept within the year 3237, so that stars come first.
CREATE VIEW turn_now AS SELECT photo_id, destination_id,
  CASE
    WHEN EXISTS (SELECT 1 FROM file CROSS JOIN folder ON folder.id = file.folder_id
      WHERE file.photo_id = upload.photo_id AND file.missing_at IS NULL AND folder.removed_at IS NULL
        AND folder.destination_id = upload.destination_id AND folder.paused_at IS NOT NULL)
      AND NOT EXISTS (SELECT 1 FROM file CROSS JOIN folder ON folder.id = file.folder_id
      WHERE file.photo_id = upload.photo_id AND file.missing_at IS NULL AND folder.removed_at IS NULL
        AND folder.destination_id = upload.destination_id AND folder.paused_at IS NULL)
    THEN NULL
    ELSE CAST(CASE (SELECT value ->> '$.order' FROM setting WHERE key = 'sending')
      WHEN 'newest' THEN -sort_at
      WHEN 'oldest' THEN sort_at
      WHEN 'smallest' THEN coalesce((SELECT file.size FROM photo CROSS JOIN file ON file.id = photo.chosen_file_id
        WHERE photo.id = upload.photo_id), 0)
      WHEN 'best-rated' THEN
        (5 - coalesce((SELECT file.rating FROM photo CROSS JOIN file ON file.id = photo.chosen_file_id
          WHERE photo.id = upload.photo_id), 0)) * 1e14 + min(max(sort_at, -4e13), 4e13)
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
CREATE INDEX upload_resting ON upload (destination_id, photo_id) WHERE state = 'queued' AND turn IS NULL;

-- Whoever queues a photo, and whatever its turn depends on, need not know of turns.
CREATE TRIGGER turn_of_new AFTER INSERT ON upload WHEN NEW.state = 'queued'
BEGIN
  UPDATE upload SET turn = (SELECT turn FROM turn_now
      WHERE turn_now.photo_id = NEW.photo_id AND turn_now.destination_id = NEW.destination_id)
    WHERE photo_id = NEW.photo_id AND destination_id = NEW.destination_id;
END;
CREATE TRIGGER turn_of_queued AFTER UPDATE OF state ON upload WHEN NEW.state = 'queued' AND OLD.state <> 'queued'
BEGIN
  UPDATE upload SET turn = (SELECT turn FROM turn_now
      WHERE turn_now.photo_id = NEW.photo_id AND turn_now.destination_id = NEW.destination_id)
    WHERE photo_id = NEW.photo_id AND destination_id = NEW.destination_id;
END;
CREATE TRIGGER turn_of_resorted AFTER UPDATE OF sort_at ON upload
  WHEN NEW.state = 'queued' AND NEW.sort_at <> OLD.sort_at
BEGIN
  UPDATE upload SET turn = (SELECT turn FROM turn_now
      WHERE turn_now.photo_id = NEW.photo_id AND turn_now.destination_id = NEW.destination_id)
    WHERE photo_id = NEW.photo_id AND destination_id = NEW.destination_id;
END;
CREATE TRIGGER turn_of_photo AFTER UPDATE OF chosen_file_id ON photo
  WHEN NEW.chosen_file_id IS NOT OLD.chosen_file_id
BEGIN
  UPDATE upload SET turn = (SELECT turn FROM turn_now
      WHERE turn_now.photo_id = NEW.id AND turn_now.destination_id = upload.destination_id)
    WHERE photo_id = NEW.id AND state = 'queued';
END;
CREATE TRIGGER turn_of_new_file AFTER INSERT ON file WHEN NEW.photo_id IS NOT NULL
BEGIN
  UPDATE upload SET turn = (SELECT turn FROM turn_now
      WHERE turn_now.photo_id = NEW.photo_id AND turn_now.destination_id = upload.destination_id)
    WHERE photo_id = NEW.photo_id AND state = 'queued';
END;
CREATE TRIGGER turn_of_file AFTER UPDATE OF folder_id, photo_id, missing_at, rating, size ON file
  WHEN NEW.photo_id IS NOT NULL AND (NEW.folder_id <> OLD.folder_id OR NEW.photo_id IS NOT OLD.photo_id
    OR NEW.missing_at IS NOT OLD.missing_at OR NEW.rating IS NOT OLD.rating OR NEW.size <> OLD.size)
BEGIN
  UPDATE upload SET turn = (SELECT turn FROM turn_now
      WHERE turn_now.photo_id = NEW.photo_id AND turn_now.destination_id = upload.destination_id)
    WHERE photo_id = NEW.photo_id AND state = 'queued';
END;
CREATE TRIGGER turn_of_left_file AFTER UPDATE OF photo_id ON file
  WHEN OLD.photo_id IS NOT NULL AND NEW.photo_id IS NOT OLD.photo_id
BEGIN
  UPDATE upload SET turn = (SELECT turn FROM turn_now
      WHERE turn_now.photo_id = OLD.photo_id AND turn_now.destination_id = upload.destination_id)
    WHERE photo_id = OLD.photo_id AND state = 'queued';
END;
`;
