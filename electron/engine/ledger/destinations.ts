import type Database from 'better-sqlite3';

/** The base URL that stands for the built-in practice account, whose port changes with every start. */
export const PRACTICE_BASE_URL = 'practice:';

/** Where photos go: one app of one user at one base URL. */
export interface Destination {
  readonly id: number;
  /** `https://api.clarifai.com`, another base, or {@link PRACTICE_BASE_URL}. */
  readonly baseUrl: string;
  readonly userId: string;
  readonly appId: string;
  /** The batch budget that this link has earned so far, in bytes of body; null before the first batch. */
  readonly batchBudgetBytes: number | null;
}

const COLUMNS =
  'id, base_url AS baseUrl, user_id AS userId, app_id AS appId, batch_budget_bytes AS batchBudgetBytes';

/** Statements for destinations. */
export function createDestinations(db: Database.Database) {
  const find = db.prepare<[string, string, string], Destination>(
    `SELECT ${COLUMNS} FROM destination WHERE base_url = ? AND user_id = ? AND app_id = ?`,
  );
  const insert = db.prepare<[string, string, string, number]>(
    'INSERT INTO destination (base_url, user_id, app_id, created_at) VALUES (?, ?, ?, ?) ON CONFLICT DO NOTHING',
  );
  const byId = db.prepare<[number], Destination>(`SELECT ${COLUMNS} FROM destination WHERE id = ?`);
  const all = db.prepare<[], Destination>(`SELECT ${COLUMNS} FROM destination ORDER BY id`);
  const setBudget = db.prepare<[number, number]>(
    'UPDATE destination SET batch_budget_bytes = ? WHERE id = ?',
  );

  return {
    /** The destination with these three names, made when it is new. A trailing slash of the base URL is dropped. */
    ensure(names: { baseUrl: string; userId: string; appId: string }, at: number): Destination {
      const baseUrl = names.baseUrl.replace(/\/+$/, '');
      insert.run(baseUrl, names.userId, names.appId, at);
      const found = find.get(baseUrl, names.userId, names.appId);
      if (found === undefined) throw new Error(`The destination ${baseUrl} was not written.`);
      return found;
    },
    byId: (id: number): Destination | undefined => byId.get(id),
    all: (): Destination[] => all.all(),
    setBudget(id: number, bytes: number): void {
      setBudget.run(Math.round(bytes), id);
    },
  };
}
