/**
 * Version 5 of the ledger: files no longer carry their photo's time. The pages that walked it are gone, and each photo
 * taken in paid for it with an index entry and an update. Never edited after release.
 */
export const sheetTimes = `
DROP INDEX file_sheet;
DROP TRIGGER file_new_sorted;
DROP TRIGGER file_sorted;
DROP TRIGGER photo_resorted;
CREATE TRIGGER photo_resorted AFTER UPDATE OF sort_at ON photo WHEN OLD.sort_at <> NEW.sort_at
BEGIN
  UPDATE upload SET sort_at = NEW.sort_at WHERE photo_id = NEW.id;
  UPDATE tag SET sort_at = NEW.sort_at WHERE photo_id = NEW.id;
END;
ALTER TABLE file DROP COLUMN sheet_at;
`;
