/** Version 1 of the ledger: what the database holds to by itself. Never edited after release. */
export const triggers = `
-- The only legal moves of a photo at a destination.
CREATE TABLE state_move (
  from_state TEXT NOT NULL,
  to_state TEXT NOT NULL,
  PRIMARY KEY (from_state, to_state)
) STRICT, WITHOUT ROWID;
INSERT INTO state_move (from_state, to_state) VALUES
  ('found', 'queued'), ('found', 'failed'), ('found', 'skipped'), ('found', 'accepted'), ('found', 'indexed'),
  ('queued', 'sending'), ('queued', 'failed'), ('queued', 'skipped'), ('queued', 'accepted'), ('queued', 'indexed'),
  ('sending', 'accepted'), ('sending', 'indexed'), ('sending', 'queued'), ('sending', 'failed'),
  ('accepted', 'indexed'), ('accepted', 'failed'), ('accepted', 'queued'), ('accepted', 'deleting'),
  ('accepted', 'removed'),
  ('indexed', 'deleting'), ('indexed', 'removed'),
  ('failed', 'found'), ('failed', 'queued'), ('failed', 'skipped'), ('failed', 'accepted'), ('failed', 'indexed'),
  ('failed', 'deleting'),
  ('skipped', 'found'), ('skipped', 'queued'), ('skipped', 'failed'),
  ('deleting', 'removed'), ('deleting', 'indexed'), ('deleting', 'failed'),
  ('removed', 'queued');
CREATE TRIGGER upload_starts BEFORE INSERT ON upload WHEN NEW.state NOT IN ('found', 'queued')
BEGIN
  SELECT RAISE(ABORT, 'a photo starts as found or queued');
END;
CREATE TRIGGER upload_moves BEFORE UPDATE OF state ON upload
  WHEN OLD.state <> NEW.state
    AND NOT EXISTS (SELECT 1 FROM state_move WHERE from_state = OLD.state AND to_state = NEW.state)
BEGIN
  SELECT RAISE(ABORT, 'illegal move of a photo');
END;
-- A photo that is being sent is in one open batch, and leaves it before the batch ends or another takes it.
CREATE TRIGGER upload_claimed BEFORE UPDATE OF state, batch_id ON upload
  WHEN NEW.state = 'sending' AND (
    (OLD.state = 'sending' AND OLD.batch_id <> NEW.batch_id) OR NOT EXISTS (
      SELECT 1 FROM batch WHERE id = NEW.batch_id AND closed_at IS NULL AND destination_id = NEW.destination_id))
BEGIN
  SELECT RAISE(ABORT, 'a photo is sent in one open batch');
END;
CREATE TRIGGER batch_ends BEFORE UPDATE OF closed_at ON batch
  WHEN NEW.closed_at IS NOT NULL
    AND EXISTS (SELECT 1 FROM upload WHERE batch_id = NEW.id AND state = 'sending')
BEGIN
  SELECT RAISE(ABORT, 'a batch ends when each of its photos has an outcome');
END;
CREATE TRIGGER upload_stays BEFORE DELETE ON upload
BEGIN
  SELECT RAISE(ABORT, 'a photo is never forgotten');
END;

-- Photos by state, kept as they move, so that no count needs a scan.
CREATE TABLE upload_count (
  destination_id INTEGER NOT NULL REFERENCES destination (id),
  state TEXT NOT NULL,
  photo_count INTEGER NOT NULL CHECK (photo_count >= 0),
  PRIMARY KEY (destination_id, state)
) STRICT, WITHOUT ROWID;
CREATE TRIGGER upload_counts_new AFTER INSERT ON upload
BEGIN
  INSERT INTO upload_count VALUES (NEW.destination_id, NEW.state, 1)
    ON CONFLICT DO UPDATE SET photo_count = photo_count + 1;
END;
CREATE TRIGGER upload_counts_move AFTER UPDATE OF state ON upload WHEN OLD.state <> NEW.state
BEGIN
  UPDATE upload_count SET photo_count = photo_count - 1
    WHERE destination_id = OLD.destination_id AND state = OLD.state;
  INSERT INTO upload_count VALUES (NEW.destination_id, NEW.state, 1)
    ON CONFLICT DO UPDATE SET photo_count = photo_count + 1;
END;

-- Each change of a photo's tags is counted at all its destinations.
CREATE TRIGGER tag_new AFTER INSERT ON tag
BEGIN
  UPDATE upload SET tags_version = tags_version + 1 WHERE photo_id = NEW.photo_id;
END;
CREATE TRIGGER tag_changed AFTER UPDATE OF value ON tag WHEN OLD.value <> NEW.value
BEGIN
  UPDATE upload SET tags_version = tags_version + 1 WHERE photo_id = NEW.photo_id;
END;
CREATE TRIGGER tag_gone AFTER DELETE ON tag
BEGIN
  UPDATE upload SET tags_version = tags_version + 1 WHERE photo_id = OLD.photo_id;
END;

-- A file that holds something else now is not the one whose facts the photo shows.
CREATE TRIGGER file_left AFTER UPDATE OF photo_id ON file
  WHEN OLD.photo_id IS NOT NULL AND NEW.photo_id IS NOT OLD.photo_id
BEGIN
  UPDATE photo SET chosen_file_id = NULL WHERE id = OLD.photo_id AND chosen_file_id = OLD.id;
END;

-- The copies of a photo's sort_at are as the photo's, whatever was written.
CREATE TRIGGER file_new_sorted AFTER INSERT ON file WHEN NEW.photo_id IS NOT NULL
BEGIN
  UPDATE file SET sheet_at = (SELECT sort_at FROM photo WHERE id = NEW.photo_id) WHERE id = NEW.id;
END;
CREATE TRIGGER file_sorted AFTER UPDATE OF photo_id ON file WHEN NEW.photo_id IS NOT OLD.photo_id
BEGIN
  UPDATE file SET sheet_at = (SELECT sort_at FROM photo WHERE id = NEW.photo_id) WHERE id = NEW.id;
END;
CREATE TRIGGER upload_sorted AFTER INSERT ON upload
  WHEN NEW.sort_at <> (SELECT sort_at FROM photo WHERE id = NEW.photo_id)
BEGIN
  UPDATE upload SET sort_at = (SELECT sort_at FROM photo WHERE id = NEW.photo_id)
    WHERE photo_id = NEW.photo_id AND destination_id = NEW.destination_id;
END;
CREATE TRIGGER photo_resorted AFTER UPDATE OF sort_at ON photo WHEN OLD.sort_at <> NEW.sort_at
BEGIN
  UPDATE upload SET sort_at = NEW.sort_at WHERE photo_id = NEW.id;
  UPDATE tag SET sort_at = NEW.sort_at WHERE photo_id = NEW.id;
  UPDATE file SET sheet_at = NEW.sort_at WHERE photo_id = NEW.id;
END;
`;
