import type Database from 'better-sqlite3';

/** What an act changed besides photos: JSON value by the name of a cell (see edits/cells). */
export type CellValues = Readonly<Record<string, unknown>>;

/** One act of the owner, or an undo (a redo is the undo of an undo). */
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

/** Cells of an edit, before and after, in the order in which they were written. */
export interface EditCells {
  readonly before: CellValues;
  readonly after: CellValues;
}

const COLUMNS = 'id, kind, at, label, undoes_edit_id AS undoesEditId';

function valuesIn(text: string | null): CellValues {
  return text === null ? {} : (JSON.parse(text) as CellValues);
}

/** Statements for the edit log. Rows are only ever added; an act that turns out to change nothing is rolled back. */
export function createEditLog(db: Database.Database) {
  const insert = db.prepare<[string, number, string, number | null]>(
    'INSERT INTO edit (kind, at, label, undoes_edit_id) VALUES (?, ?, ?, ?)',
  );
  const setCells = db.prepare<[string, string, number]>('UPDATE edit SET before = ?, after = ? WHERE id = ?');
  const cellsOf = db.prepare<[number], { before: string | null; after: string | null }>(
    'SELECT before, after FROM edit WHERE id = ?',
  );
  const addItem = db.prepare<[number, number, string, string]>(
    'INSERT INTO edit_item (edit_id, photo_id, before, after) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const byId = db.prepare<[number], Edit>(`SELECT ${COLUMNS} FROM edit WHERE id = ?`);
  const undoOf = db.prepare<[number], Edit>(`SELECT ${COLUMNS} FROM edit WHERE undoes_edit_id = ?`);
  const itemsOf = db.prepare<[number], EditItem>(
    'SELECT photo_id AS photoId, before, after FROM edit_item WHERE edit_id = ? ORDER BY photo_id',
  );
  const photosOf = db
    .prepare<[number, number, number], number>(
      'SELECT photo_id FROM edit_item WHERE edit_id = ? AND photo_id > ? ORDER BY photo_id LIMIT ?',
    )
    .pluck();
  const countOf = db.prepare<[number], number>('SELECT count(*) FROM edit_item WHERE edit_id = ?').pluck();
  const hasItem = db
    .prepare<[number, number], number>('SELECT 1 FROM edit_item WHERE edit_id = ? AND photo_id = ?')
    .pluck();
  const actBefore = db.prepare<[number], Edit>(
    `SELECT ${COLUMNS} FROM edit WHERE undoes_edit_id IS NULL AND id < ? ORDER BY id DESC LIMIT 1`,
  );
  const undosSince = db.prepare<[number], Edit>(
    `SELECT ${COLUMNS} FROM edit WHERE id > ? AND NOT EXISTS
       (SELECT 1 FROM edit AS undo WHERE undo.undoes_edit_id = edit.id) ORDER BY id DESC`,
  );

  /** The act, its undo, the undo of that, and so on. An act is in effect while their number is odd. */
  function chainOf(editId: number): Edit[] {
    const chain: Edit[] = [];
    let link = byId.get(editId);
    while (link !== undefined) {
      chain.push(link);
      link = undoOf.get(link.id);
    }
    return chain;
  }

  function isUndo(edit: Edit): boolean {
    let depth = 0;
    for (let link = edit; link.undoesEditId !== null; depth += 1) {
      const undone = byId.get(link.undoesEditId);
      if (undone === undefined) break;
      link = undone;
    }
    return depth % 2 === 1;
  }

  return {
    /** Opens an edit; its items follow in the same transaction, or as photos arrive. */
    add(edit: { kind: string; at: number; label: string; undoesEditId?: number | null }): number {
      return Number(insert.run(edit.kind, edit.at, edit.label, edit.undoesEditId ?? null).lastInsertRowid);
    },
    addItem(editId: number, item: EditItem): void {
      addItem.run(editId, item.photoId, item.before, item.after);
    },
    setCells(editId: number, { before, after }: EditCells): void {
      setCells.run(JSON.stringify(before), JSON.stringify(after), editId);
    },
    cellsOf(editId: number): EditCells {
      const { before, after } = cellsOf.get(editId) ?? { before: null, after: null };
      return { before: valuesIn(before), after: valuesIn(after) };
    },
    byId: (id: number): Edit | undefined => byId.get(id),
    hasItem: (editId: number, photoId: number): boolean => hasItem.get(editId, photoId) === 1,
    itemsOf: (editId: number): EditItem[] => itemsOf.all(editId),
    /** Photos of an edit, at most so many, those after a photo id. */
    photosOf: (editId: number, limit: number, after = 0): number[] => photosOf.all(editId, after, limit),
    photoCount: (editId: number): number => countOf.get(editId) ?? 0,
    chainOf,
    /** What an undo undoes: the newest link of the newest act that is in effect. */
    nextUndo(): Edit | undefined {
      let act = actBefore.get(Number.MAX_SAFE_INTEGER);
      while (act !== undefined) {
        const chain = chainOf(act.id);
        if (chain.length % 2 === 1) return chain.at(-1);
        act = actBefore.get(act.id);
      }
      return undefined;
    },
    /** What a redo undoes: the newest undo that stands, unless a new act came since. */
    nextRedo(): Edit | undefined {
      const newestAct = actBefore.get(Number.MAX_SAFE_INTEGER)?.id ?? 0;
      return undosSince.all(newestAct).find(isUndo);
    },
  };
}
