/**
 * Version 3 of the ledger: acts that are about more than single photos, concepts that left the palette, and how often
 * concepts are used. Never edited after release.
 */
export const acts = `
-- What an act changed besides photos, as JSON objects: value by cell (see edits/cells), before and after.
ALTER TABLE edit ADD COLUMN before TEXT CHECK (before IS NULL OR json_valid(before));
ALTER TABLE edit ADD COLUMN after TEXT CHECK (after IS NULL OR json_valid(after));
CREATE INDEX edit_act ON edit (id) WHERE undoes_edit_id IS NULL;

-- A hidden concept is not offered any more; a merged one stands for another.
ALTER TABLE concept ADD COLUMN hidden_at INTEGER;
ALTER TABLE concept ADD COLUMN merged_into INTEGER REFERENCES concept (id);

-- The name that the owner's concept had when an account was last told it or shown it; due: it has another since.
ALTER TABLE concept_at ADD COLUMN told_name TEXT;
ALTER TABLE concept_at ADD COLUMN name_due INTEGER NOT NULL DEFAULT 0 CHECK (name_due IN (0, 1));
CREATE INDEX concept_name_due ON concept_at (destination_id) WHERE name_due = 1;
UPDATE concept_at SET told_name = (SELECT name FROM concept WHERE concept.id = concept_id) WHERE known_at IS NOT NULL;
CREATE TRIGGER concept_renamed AFTER UPDATE OF name ON concept WHEN OLD.name <> NEW.name
BEGIN
  UPDATE concept_at SET name_due = told_name <> NEW.name WHERE concept_id = NEW.id AND told_name IS NOT NULL;
END;
CREATE TRIGGER concept_told AFTER UPDATE OF told_name ON concept_at
BEGIN
  UPDATE concept_at SET name_due = NEW.told_name <> (SELECT name FROM concept WHERE concept.id = NEW.concept_id)
    WHERE concept_id = NEW.concept_id AND destination_id = NEW.destination_id AND NEW.told_name IS NOT NULL;
END;

-- What is done with a keyword that files carry. The act is the edit whose items the automatic ones become.
CREATE TABLE keyword_rule (
  keyword TEXT PRIMARY KEY,
  mode TEXT NOT NULL CHECK (mode IN ('off', 'suggest', 'automatic')),
  concept_name TEXT NOT NULL,
  edit_id INTEGER NOT NULL REFERENCES edit (id)
) STRICT, WITHOUT ROWID;
CREATE INDEX keyword_rule_of_concept ON keyword_rule (concept_name);
-- Holds all that keywords are asked for; files without any are not in it.
CREATE INDEX file_keywords ON file (photo_id, keywords, hierarchical_keywords, kind, missing_at)
  WHERE kind = 'photo' AND missing_at IS NULL AND (keywords <> '[]' OR hierarchical_keywords <> '[]');

-- Photos by concept, kept as they are tagged, so that no count needs a scan.
CREATE TABLE concept_use (
  concept_id INTEGER PRIMARY KEY REFERENCES concept (id),
  present_count INTEGER NOT NULL DEFAULT 0 CHECK (present_count >= 0),
  absent_count INTEGER NOT NULL DEFAULT 0 CHECK (absent_count >= 0),
  last_used_at INTEGER
) STRICT;
CREATE INDEX concept_used ON concept_use (last_used_at) WHERE last_used_at IS NOT NULL;
INSERT INTO concept_use (concept_id, present_count, absent_count)
  SELECT concept.id, count(*) FILTER (WHERE value = 1), count(*) FILTER (WHERE value = 0)
  FROM concept LEFT JOIN tag ON tag.concept_id = concept.id GROUP BY concept.id;
UPDATE concept_use SET last_used_at = used.at FROM (
  SELECT CAST(wish.key AS INTEGER) AS concept_id, max(edit.at) AS at
  FROM edit JOIN edit_item ON edit_item.edit_id = edit.id, json_each(edit_item.after, '$.tags') AS wish
  WHERE wish.value IS NOT NULL GROUP BY 1
) AS used WHERE used.concept_id = concept_use.concept_id;

CREATE TRIGGER concept_use_starts AFTER INSERT ON concept
BEGIN
  INSERT INTO concept_use (concept_id) VALUES (NEW.id);
END;
CREATE TRIGGER concept_use_new AFTER INSERT ON tag
BEGIN
  UPDATE concept_use SET present_count = present_count + NEW.value, absent_count = absent_count + 1 - NEW.value
    WHERE concept_id = NEW.concept_id;
END;
CREATE TRIGGER concept_use_changed AFTER UPDATE OF value ON tag WHEN OLD.value <> NEW.value
BEGIN
  UPDATE concept_use SET
      present_count = present_count + NEW.value - OLD.value, absent_count = absent_count - NEW.value + OLD.value
    WHERE concept_id = NEW.concept_id;
END;
CREATE TRIGGER concept_use_gone AFTER DELETE ON tag
BEGIN
  UPDATE concept_use SET present_count = present_count - OLD.value, absent_count = absent_count - 1 + OLD.value
    WHERE concept_id = OLD.concept_id;
END;
`;
