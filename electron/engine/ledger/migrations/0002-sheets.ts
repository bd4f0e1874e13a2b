/** Version 2 of the ledger: what the contact sheet asks for. Never edited after release. */
export const sheets = `
-- The way of a photo at a destination. Rows are only ever added, by the triggers below; 'tags' is no state: the
-- service was brought to have the owner's tags.
CREATE TABLE state_history (
  id INTEGER PRIMARY KEY,
  photo_id INTEGER NOT NULL,
  destination_id INTEGER NOT NULL,
  at INTEGER NOT NULL,
  state TEXT NOT NULL,
  reason TEXT,
  status_code INTEGER,
  request_id TEXT
) STRICT;
INSERT INTO state_history (photo_id, destination_id, at, state, reason, status_code, request_id)
  SELECT photo_id, destination_id, state_at, state, reason,
    CASE WHEN state IN ('accepted', 'indexed', 'failed') THEN status_code END,
    CASE WHEN state IN ('accepted', 'indexed') THEN request_id END
  FROM upload;
CREATE INDEX state_history_of_photo ON state_history (photo_id, destination_id);
CREATE TRIGGER upload_history_new AFTER INSERT ON upload
BEGIN
  INSERT INTO state_history (photo_id, destination_id, at, state)
    VALUES (NEW.photo_id, NEW.destination_id, NEW.state_at, NEW.state);
END;
-- The status and the request that are kept while a photo waits or is sent are those of its last time.
CREATE TRIGGER upload_history_move AFTER UPDATE OF state, reason ON upload
  WHEN OLD.state <> NEW.state OR OLD.reason IS NOT NEW.reason
BEGIN
  INSERT INTO state_history (photo_id, destination_id, at, state, reason, status_code, request_id)
    VALUES (NEW.photo_id, NEW.destination_id, NEW.state_at, NEW.state, NEW.reason,
      CASE WHEN NEW.state IN ('accepted', 'indexed', 'failed') THEN NEW.status_code END,
      CASE WHEN NEW.state IN ('accepted', 'indexed') THEN NEW.request_id END);
END;
CREATE TRIGGER upload_history_tags AFTER UPDATE OF tags_sent ON upload
  WHEN OLD.tags_sent <> NEW.tags_sent AND NEW.state IN ('accepted', 'indexed')
BEGIN
  INSERT INTO state_history (photo_id, destination_id, at, state)
    VALUES (NEW.photo_id, NEW.destination_id, CAST(unixepoch('subsec') * 1000 AS INTEGER), 'tags');
END;

-- The folder of a file below its watched folder ('' for the watched folder itself), and its name.
ALTER TABLE file ADD COLUMN directory TEXT
  GENERATED ALWAYS AS (rtrim(rtrim(path, replace(path, '/', '')), '/')) VIRTUAL;
ALTER TABLE file ADD COLUMN name TEXT
  GENERATED ALWAYS AS (substr(path, length(rtrim(path, replace(path, '/', ''))) + 1)) VIRTUAL;
CREATE INDEX file_directory ON file (folder_id, directory, missing_at, photo_id) WHERE photo_id IS NOT NULL;
CREATE INDEX file_shown ON file (camera_model, rating) WHERE photo_id IS NOT NULL;
CREATE INDEX photo_chosen ON photo (chosen_file_id) WHERE chosen_file_id IS NOT NULL;

-- Any part of a name, from three characters on. Folders are few, and are looked through without it.
CREATE VIRTUAL TABLE file_name USING fts5 (name, content = 'file', content_rowid = 'id', tokenize = 'trigram');
INSERT INTO file_name (file_name) VALUES ('rebuild');
CREATE TRIGGER file_name_new AFTER INSERT ON file
BEGIN
  INSERT INTO file_name (rowid, name) VALUES (NEW.id, NEW.name);
END;
CREATE TRIGGER file_name_gone AFTER DELETE ON file
BEGIN
  INSERT INTO file_name (file_name, rowid, name) VALUES ('delete', OLD.id, OLD.name);
END;
CREATE TRIGGER file_name_other AFTER UPDATE OF path ON file WHEN OLD.name <> NEW.name
BEGIN
  INSERT INTO file_name (file_name, rowid, name) VALUES ('delete', OLD.id, OLD.name);
  INSERT INTO file_name (rowid, name) VALUES (NEW.id, NEW.name);
END;
`;
