/**
 * Version 8 of the ledger: counts of what waits for what, in place of those of photos that rest alone. Never edited after
 * release.
 */

/** Notes anew which folders hold photos that wait. */
const hold = (which: string): string => `UPDATE upload SET held_in = (SELECT json_group_array(folder_id) FROM
      (SELECT DISTINCT folder_id FROM file WHERE file.photo_id = upload.photo_id AND missing_at IS NULL ORDER BY folder_id))
    WHERE ${which} AND state IN ('found', 'queued')`;

/** Whether a photo is counted elsewhere than before. */
const HAS_MOVED = '(NEW.situation IS NOT OLD.situation OR NEW.held_in IS NOT OLD.held_in)';

export const waiting = `
DROP TRIGGER rest_begins;
DROP TRIGGER rest_ends;
DROP TABLE resting_count;

-- What a photo waits for; null: it does not wait. 'resting' is for its folders, which are paused.
ALTER TABLE upload ADD COLUMN situation TEXT AS (CASE WHEN state = 'found' THEN 'found' WHEN state <> 'queued' THEN NULL
  WHEN turn IS NULL THEN 'resting' WHEN checked_at IS NULL THEN 'unchecked' WHEN ready_bytes IS NULL THEN 'unready'
  ELSE 'ready' END) VIRTUAL;
-- Ids of the folders in which its files are, as JSON in rising order; of use only while it waits.
ALTER TABLE upload ADD COLUMN held_in TEXT;

-- With what tells the situation, so that those who wait for their time are counted in it alone.
DROP INDEX upload_retry;
CREATE INDEX upload_retry ON upload (destination_id, retry_at, checked_at, ready_bytes, turn)
  WHERE state = 'queued' AND retry_at IS NOT NULL;

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
