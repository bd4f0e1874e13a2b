/** Version 1 of the ledger: its tables. Never edited after release: a change is a migration of its own. */
export const tables = `
-- Where photos go: an app of the service. base_url 'practice:' is the built-in practice account, whose port changes.
CREATE TABLE destination (
  id INTEGER PRIMARY KEY,
  base_url TEXT NOT NULL,
  user_id TEXT NOT NULL,
  app_id TEXT NOT NULL,
  batch_budget_bytes INTEGER,
  created_at INTEGER NOT NULL,
  UNIQUE (base_url, user_id, app_id)
) STRICT;

-- What stops the sending to a destination. 'until' is when it is tried again by itself; null: the owner ends it.
CREATE TABLE hold (
  destination_id INTEGER NOT NULL REFERENCES destination (id),
  kind TEXT NOT NULL,
  since INTEGER NOT NULL,
  until INTEGER,
  attempts INTEGER NOT NULL DEFAULT 0,
  detail TEXT,
  PRIMARY KEY (destination_id, kind)
) STRICT, WITHOUT ROWID;

CREATE TABLE folder (
  id INTEGER PRIMARY KEY,
  path TEXT NOT NULL UNIQUE,
  destination_id INTEGER NOT NULL REFERENCES destination (id),
  sends TEXT NOT NULL DEFAULT 'rendition' CHECK (sends IN ('rendition', 'original')),
  include_globs TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(include_globs)),
  exclude_globs TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(exclude_globs)),
  metadata TEXT CHECK (metadata IS NULL OR json_valid(metadata)),
  sends_gps INTEGER NOT NULL DEFAULT 0 CHECK (sends_gps IN (0, 1)),
  sends_capture_time INTEGER NOT NULL DEFAULT 0 CHECK (sends_capture_time IN (0, 1)),
  sends_file_name INTEGER NOT NULL DEFAULT 0 CHECK (sends_file_name IN (0, 1)),
  watch_choice TEXT NOT NULL DEFAULT 'auto' CHECK (watch_choice IN ('auto', 'events', 'polling', 'scan')),
  watch_mode TEXT CHECK (watch_mode IN ('events', 'polling', 'scan')),
  watch_reason TEXT,
  file_system TEXT,
  device REAL,
  health TEXT NOT NULL DEFAULT 'ok' CHECK (health IN ('ok', 'unreachable')),
  health_detail TEXT,
  added_at INTEGER NOT NULL,
  removed_at INTEGER
) STRICT;

-- The tags that a photo gets when it arrives in a folder.
CREATE TABLE folder_tag (
  folder_id INTEGER NOT NULL REFERENCES folder (id),
  concept_id INTEGER NOT NULL REFERENCES concept (id),
  value INTEGER NOT NULL CHECK (value IN (0, 1)),
  edit_id INTEGER REFERENCES edit (id),
  PRIMARY KEY (folder_id, concept_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE scan (
  id INTEGER PRIMARY KEY,
  folder_id INTEGER NOT NULL REFERENCES folder (id),
  reason TEXT NOT NULL,
  started_at INTEGER NOT NULL,
  finished_at INTEGER,
  seen_count INTEGER,
  changed_count INTEGER,
  missing_count INTEGER,
  detail TEXT
) STRICT;
CREATE INDEX scan_of_folder ON scan (folder_id, started_at);

-- The picture, by its content. Only a photo added by URL may lack a picture hash.
CREATE TABLE photo (
  id INTEGER PRIMARY KEY,
  picture_hash TEXT UNIQUE CHECK (length(picture_hash) = 64),
  url TEXT,
  format TEXT,
  width INTEGER,
  height INTEGER,
  orientation INTEGER NOT NULL DEFAULT 1 CHECK (orientation BETWEEN 1 AND 8),
  -- The file whose facts the photo shows; it holds the photo, or the column is null.
  chosen_file_id INTEGER,
  -- Capture time as ms of the wall clock read as UTC, else the file's mtime: the order of every sheet. Files
  -- (sheet_at), uploads and tags of the photo carry a copy in their indexes, kept by triggers.
  sort_at INTEGER NOT NULL,
  thumbnails_at INTEGER,
  recovered_share REAL,
  found_at INTEGER NOT NULL,
  CHECK (picture_hash IS NOT NULL OR url IS NOT NULL)
) STRICT;

CREATE TABLE identity (
  version INTEGER NOT NULL,
  hash TEXT NOT NULL,
  photo_id INTEGER NOT NULL REFERENCES photo (id),
  PRIMARY KEY (version, hash)
) STRICT, WITHOUT ROWID;
CREATE INDEX identity_of_photo ON identity (photo_id);

-- One path below a watched folder, as it was when it was last looked at.
CREATE TABLE file (
  id INTEGER PRIMARY KEY,
  folder_id INTEGER NOT NULL REFERENCES folder (id),
  path TEXT NOT NULL,
  kind TEXT NOT NULL CHECK (kind IN ('photo', 'other', 'problem')),
  size INTEGER NOT NULL,
  mtime_ms REAL NOT NULL,
  ctime_ms REAL NOT NULL,
  inode REAL NOT NULL,
  photo_id INTEGER REFERENCES photo (id),
  file_hash TEXT,
  format TEXT,
  problem TEXT,
  problem_detail TEXT,
  first_seen_at INTEGER NOT NULL,
  looked_at INTEGER NOT NULL,
  missing_at INTEGER,
  -- What the photo's sort_at is when this is its chosen file; and what it is now.
  sort_at INTEGER NOT NULL,
  sheet_at INTEGER,
  orientation INTEGER,
  width INTEGER,
  height INTEGER,
  captured_at TEXT,
  capture_offset TEXT,
  latitude REAL,
  longitude REAL,
  camera_make TEXT,
  camera_model TEXT,
  lens TEXT,
  caption TEXT,
  keywords TEXT CHECK (keywords IS NULL OR json_valid(keywords)),
  hierarchical_keywords TEXT CHECK (hierarchical_keywords IS NULL OR json_valid(hierarchical_keywords)),
  rating INTEGER,
  UNIQUE (folder_id, path),
  CHECK ((kind = 'photo') = (photo_id IS NOT NULL)),
  CHECK ((kind = 'problem') = (problem IS NOT NULL))
) STRICT;
CREATE INDEX file_of_photo ON file (photo_id) WHERE photo_id IS NOT NULL;
CREATE INDEX file_sheet ON file (folder_id, sheet_at, photo_id) WHERE kind = 'photo' AND missing_at IS NULL;
CREATE INDEX file_problem ON file (folder_id, problem) WHERE kind = 'problem' AND missing_at IS NULL;

CREATE TABLE batch (
  id INTEGER PRIMARY KEY,
  destination_id INTEGER NOT NULL REFERENCES destination (id),
  parent_id INTEGER REFERENCES batch (id),
  opened_at INTEGER NOT NULL,
  closed_at INTEGER,
  input_count INTEGER NOT NULL CHECK (input_count BETWEEN 1 AND 128),
  body_bytes INTEGER NOT NULL,
  outcome TEXT,
  http INTEGER,
  status_code INTEGER,
  request_id TEXT,
  detail TEXT,
  CHECK ((closed_at IS NULL) = (outcome IS NULL))
) STRICT;
CREATE INDEX batch_open ON batch (destination_id) WHERE closed_at IS NULL;

-- What one batch carried, and what became of each input.
CREATE TABLE batch_input (
  batch_id INTEGER NOT NULL REFERENCES batch (id),
  photo_id INTEGER NOT NULL REFERENCES photo (id),
  input_id TEXT NOT NULL,
  concepts TEXT NOT NULL DEFAULT '[]' CHECK (json_valid(concepts)),
  tags_version INTEGER NOT NULL DEFAULT 0,
  bytes INTEGER NOT NULL,
  outcome TEXT,
  status_code INTEGER,
  PRIMARY KEY (batch_id, photo_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX batch_input_of_photo ON batch_input (photo_id);

-- One photo at one destination.
CREATE TABLE upload (
  photo_id INTEGER NOT NULL REFERENCES photo (id),
  destination_id INTEGER NOT NULL REFERENCES destination (id),
  state TEXT NOT NULL CHECK (state IN
    ('found', 'queued', 'sending', 'accepted', 'indexed', 'failed', 'skipped', 'deleting', 'removed')),
  state_at INTEGER NOT NULL,
  -- The failure cause or the skip reason.
  reason TEXT,
  input_id TEXT NOT NULL,
  sort_at INTEGER NOT NULL,
  -- When the service was asked whether it has the input already (before the first claim).
  checked_at INTEGER,
  -- Bytes of what will be sent, once it is ready: the rendition in the spool, or the original file.
  ready_bytes INTEGER,
  batch_id INTEGER REFERENCES batch (id),
  attempts INTEGER NOT NULL DEFAULT 0,
  retry_at INTEGER,
  origin TEXT CHECK (origin IN ('posted', 'adopted')),
  accepted_at INTEGER,
  indexed_at INTEGER,
  follow_at INTEGER,
  follow_count INTEGER NOT NULL DEFAULT 0,
  status_code INTEGER,
  request_id TEXT,
  -- Counts changes of the photo's tags; tags_sent is the count that the service knows.
  tags_version INTEGER NOT NULL DEFAULT 0,
  tags_sent INTEGER NOT NULL DEFAULT 0,
  -- The orientation that was sent; differs from the photo's when it was turned since.
  sent_orientation INTEGER,
  send_as_it_is INTEGER NOT NULL DEFAULT 0 CHECK (send_as_it_is IN (0, 1)),
  PRIMARY KEY (photo_id, destination_id),
  CHECK ((state IN ('failed', 'skipped')) = (reason IS NOT NULL)),
  CHECK (state <> 'sending' OR batch_id IS NOT NULL),
  CHECK (state <> 'accepted' OR accepted_at IS NOT NULL),
  CHECK (state <> 'indexed' OR indexed_at IS NOT NULL)
) STRICT, WITHOUT ROWID;
CREATE UNIQUE INDEX upload_input ON upload (destination_id, input_id);
CREATE INDEX upload_sheet ON upload (destination_id, sort_at, photo_id);
CREATE INDEX upload_state ON upload (destination_id, state, sort_at, photo_id);
CREATE INDEX upload_found ON upload (photo_id) WHERE state = 'found';
CREATE INDEX upload_unchecked ON upload (destination_id, photo_id) WHERE state = 'queued' AND checked_at IS NULL;
CREATE INDEX upload_unready ON upload (destination_id, photo_id)
  WHERE state = 'queued' AND checked_at IS NOT NULL AND ready_bytes IS NULL;
CREATE INDEX upload_ready ON upload (destination_id, photo_id)
  WHERE state = 'queued' AND checked_at IS NOT NULL AND ready_bytes IS NOT NULL;
CREATE INDEX upload_follow ON upload (destination_id, follow_at) WHERE state = 'accepted';
CREATE INDEX upload_retry ON upload (destination_id, retry_at) WHERE state = 'queued' AND retry_at IS NOT NULL;
CREATE INDEX upload_reason ON upload (destination_id, state, reason, photo_id) WHERE state IN ('failed', 'skipped');
CREATE INDEX upload_tags_due ON upload (destination_id, photo_id)
  WHERE state = 'indexed' AND tags_version <> tags_sent;
CREATE INDEX upload_of_batch ON upload (batch_id) WHERE state = 'sending';

-- Every give-up, with the words of the day. Open until the photo leaves 'failed'.
CREATE TABLE failure (
  id INTEGER PRIMARY KEY,
  photo_id INTEGER NOT NULL,
  destination_id INTEGER NOT NULL,
  cause TEXT NOT NULL,
  detail TEXT,
  status_code INTEGER,
  request_id TEXT,
  at INTEGER NOT NULL,
  next_at INTEGER,
  cleared_at INTEGER,
  FOREIGN KEY (photo_id, destination_id) REFERENCES upload (photo_id, destination_id)
) STRICT;
CREATE UNIQUE INDEX failure_open ON failure (photo_id, destination_id) WHERE cleared_at IS NULL;
CREATE INDEX failure_due ON failure (destination_id, next_at) WHERE cleared_at IS NULL AND next_at IS NOT NULL;

CREATE TABLE concept (
  id INTEGER PRIMARY KEY,
  name TEXT NOT NULL UNIQUE,
  created_at INTEGER NOT NULL
) STRICT;

-- A concept's id at one destination; known_at is when the service was seen to have it.
CREATE TABLE concept_at (
  concept_id INTEGER NOT NULL REFERENCES concept (id),
  destination_id INTEGER NOT NULL REFERENCES destination (id),
  remote_id TEXT NOT NULL,
  known_at INTEGER,
  PRIMARY KEY (concept_id, destination_id),
  UNIQUE (destination_id, remote_id)
) STRICT, WITHOUT ROWID;

-- This photo has (1) or has not (0) this concept: what the owner wants.
CREATE TABLE tag (
  photo_id INTEGER NOT NULL REFERENCES photo (id),
  concept_id INTEGER NOT NULL REFERENCES concept (id),
  value INTEGER NOT NULL CHECK (value IN (0, 1)),
  sort_at INTEGER NOT NULL,
  PRIMARY KEY (photo_id, concept_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX tag_sheet ON tag (concept_id, value, sort_at, photo_id);

-- What the service was last known to hold. 'ours' marks what we sent; the rest came from elsewhere and is left alone.
CREATE TABLE remote_tag (
  photo_id INTEGER NOT NULL,
  destination_id INTEGER NOT NULL,
  concept_id INTEGER NOT NULL REFERENCES concept (id),
  value REAL NOT NULL,
  ours INTEGER NOT NULL CHECK (ours IN (0, 1)),
  PRIMARY KEY (photo_id, destination_id, concept_id),
  FOREIGN KEY (photo_id, destination_id) REFERENCES upload (photo_id, destination_id)
) STRICT, WITHOUT ROWID;

-- One act of the owner, undoable. Kinds are open.
CREATE TABLE edit (
  id INTEGER PRIMARY KEY,
  kind TEXT NOT NULL,
  at INTEGER NOT NULL,
  label TEXT NOT NULL,
  undoes_edit_id INTEGER REFERENCES edit (id)
) STRICT;
CREATE INDEX edit_undone ON edit (undoes_edit_id) WHERE undoes_edit_id IS NOT NULL;
CREATE TABLE edit_item (
  edit_id INTEGER NOT NULL REFERENCES edit (id),
  photo_id INTEGER NOT NULL REFERENCES photo (id),
  before TEXT NOT NULL CHECK (json_valid(before)),
  after TEXT NOT NULL CHECK (json_valid(after)),
  PRIMARY KEY (edit_id, photo_id)
) STRICT, WITHOUT ROWID;
CREATE INDEX edit_item_of_photo ON edit_item (photo_id);

-- Regions of a photo; coordinates are fractions of the upright picture. A mask is a file named by its hash.
CREATE TABLE annotation (
  id INTEGER PRIMARY KEY,
  photo_id INTEGER NOT NULL REFERENCES photo (id),
  kind TEXT NOT NULL,
  shape TEXT NOT NULL CHECK (json_valid(shape)),
  mask_hash TEXT,
  version INTEGER NOT NULL DEFAULT 1,
  created_at INTEGER NOT NULL,
  deleted_at INTEGER
) STRICT;
CREATE INDEX annotation_of_photo ON annotation (photo_id);
CREATE TABLE annotation_tag (
  annotation_id INTEGER NOT NULL REFERENCES annotation (id),
  concept_id INTEGER NOT NULL REFERENCES concept (id),
  value INTEGER NOT NULL CHECK (value IN (0, 1)),
  PRIMARY KEY (annotation_id, concept_id)
) STRICT, WITHOUT ROWID;
CREATE TABLE annotation_at (
  annotation_id INTEGER NOT NULL REFERENCES annotation (id),
  destination_id INTEGER NOT NULL REFERENCES destination (id),
  remote_id TEXT,
  sent_version INTEGER NOT NULL DEFAULT 0,
  last_known TEXT CHECK (last_known IS NULL OR json_valid(last_known)),
  status_code INTEGER,
  retry_at INTEGER,
  PRIMARY KEY (annotation_id, destination_id)
) STRICT, WITHOUT ROWID;

CREATE TABLE setting (
  key TEXT PRIMARY KEY,
  value TEXT NOT NULL CHECK (json_valid(value))
) STRICT, WITHOUT ROWID;
`;
