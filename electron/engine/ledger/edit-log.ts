import type Database from 'better-sqlite3';

/** One act of the owner. */
export interface Edit {
  readonly id: number;
  readonly kind: string;
  readonly at: number;
  readonly label: string;
  readonly undoesEditId: number | null;
}

/** What one edit changed on one photo; `before` and `after` are JSON texts whose shape the kind defines. */
export interface EditItem {
  readonly photoId: number;
  readonly before: string;
  readonly after: string;
}

const COLUMNS = 'id, kind, at, label, undoes_edit_id AS undoesEditId';

/** Statements for the edit log. Rows are only ever added. */
export function createEditLog(db: Database.Database) {
  const insert = db.prepare<[string, number, string, number | null]>(
    'INSERT INTO edit (kind, at, label, undoes_edit_id) VALUES (?, ?, ?, ?)',
  );
  const addItem = db.prepare<[number, number, string, string]>(
    'INSERT INTO edit_item (edit_id, photo_id, before, after) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const byId = db.prepare<[number], Edit>(`SELECT ${COLUMNS} FROM edit WHERE id = ?`);
  const itemsOf = db.prepare<[number], EditItem>(
    'SELECT photo_id AS photoId, before, after FROM edit_item WHERE edit_id = ? ORDER BY photo_id',
  );
  const hasItem = db
    .prepare<[number, number], number>('SELECT 1 FROM edit_item WHERE edit_id = ? AND photo_id = ?')
    .pluck();
  const latest = db.prepare<[], Edit>(
    `SELECT ${COLUMNS} FROM edit WHERE undoes_edit_id IS NULL
       AND NOT EXISTS (SELECT 1 FROM edit AS undo WHERE undo.undoes_edit_id = edit.id)
     ORDER BY id DESC LIMIT 1`,
  );

  return {
    /** Opens an edit; its items follow in the same transaction, or as photos arrive. */
    add(edit: { kind: string; at: number; label: string; undoesEditId?: number | null }): number {
      return Number(insert.run(edit.kind, edit.at, edit.label, edit.undoesEditId ?? null).lastInsertRowid);
    },
    addItem(editId: number, item: EditItem): void {
      addItem.run(editId, item.photoId, item.before, item.after);
    },
    byId: (id: number): Edit | undefined => byId.get(id),
    hasItem: (editId: number, photoId: number): boolean => hasItem.get(editId, photoId) === 1,
    itemsOf: (editId: number): EditItem[] => itemsOf.all(editId),
    /** The newest act that is neither undone nor itself an undo. */
    latest: (): Edit | undefined => latest.get(),
  };
}
