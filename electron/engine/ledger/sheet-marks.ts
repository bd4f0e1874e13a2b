/** Counts the writes that change what a sheet is made of, column by column, so that only what changed is read again. */
import type Database from 'better-sqlite3';

/** Columns of the sheets. */
export type SheetColumn = 'order' | 'state' | 'file' | 'chosen' | 'folder' | 'tag' | 'concept';

/** How often each column has changed, in the life of a connection. */
export type SheetMarks = Readonly<Record<SheetColumn, number>>;

const RULES: readonly {
  readonly column: SheetColumn;
  readonly table: string;
  readonly of?: readonly string[];
}[] = [
  { column: 'order', table: 'upload', of: ['sort_at'] },
  { column: 'state', table: 'upload', of: ['state'] },
  {
    column: 'file',
    table: 'file',
    of: ['folder_id', 'path', 'photo_id', 'missing_at', 'camera_model', 'rating'],
  },
  { column: 'chosen', table: 'photo', of: ['chosen_file_id'] },
  { column: 'folder', table: 'folder', of: ['path', 'destination_id', 'removed_at'] },
  { column: 'tag', table: 'tag', of: ['value'] },
  { column: 'concept', table: 'concept', of: ['name'] },
];

/** Begins to count the writes of the engine's own connection, which makes all of them. Once per connection. */
export function createSheetMarks(db: Database.Database): { read(): SheetMarks } {
  const marks: Record<SheetColumn, number> = {
    order: 0,
    state: 0,
    file: 0,
    chosen: 0,
    folder: 0,
    tag: 0,
    concept: 0,
  };
  db.function('mark_sheet', (column) => {
    marks[column as SheetColumn] += 1;
    return null;
  });
  for (const { column, table, of = [] } of RULES) {
    const mark = `BEGIN SELECT mark_sheet('${column}'); END`;
    const changes = of.map((name) => `OLD.${name} IS NOT NEW.${name}`).join(' OR ');
    db.exec(`CREATE TEMP TRIGGER mark_${column}_new AFTER INSERT ON main.${table} ${mark};
      CREATE TEMP TRIGGER mark_${column}_gone AFTER DELETE ON main.${table} ${mark};
      CREATE TEMP TRIGGER mark_${column}_set AFTER UPDATE OF ${of.join(', ')} ON main.${table} WHEN ${changes} ${mark};`);
  }
  return { read: () => ({ ...marks }) };
}
