/** Statements of the `annotation` table. An input-level annotation shows and changes the data of its input. */
import { randomBytes } from 'node:crypto';
import type { Store } from './store.ts';

/** One row, as SQLite gives it. */
export interface AnnotationRow {
  readonly seq: number;
  readonly id: string;
  readonly input_id: string;
  readonly input_level: number;
  /** JSON; of the input for an input-level annotation. */
  readonly data: string;
  readonly status: number;
  readonly user_id: string | null;
  readonly model_version_id: string | null;
  readonly workflow_version_id: string | null;
  readonly task_id: string | null;
  readonly annotation_info: string | null;
  readonly created_at: number;
  readonly modified_at: number;
}

/** A list's filters; empty lists and null filter nothing. */
export interface AnnotationFilter {
  /** Pairs of input id and annotation id. */
  readonly pairs: readonly (readonly [string, string])[];
  readonly inputIds: readonly string[];
  readonly userIds: readonly string[];
  readonly modelVersionIds: readonly string[];
  readonly workflowVersionIds: readonly string[];
  readonly statuses: readonly number[];
  readonly taskId: string | null;
  /** Those of models and workflows too. */
  readonly all: boolean;
  readonly limit: number;
  readonly offset: number;
}

const COLUMNS = [
  'id',
  'input_id',
  'input_level',
  'data',
  'status',
  'user_id',
  'model_version_id',
  'workflow_version_id',
  'task_id',
  'annotation_info',
  'created_at',
  'modified_at',
] as const;
export type NewAnnotation = Pick<AnnotationRow, (typeof COLUMNS)[number]>;

const SELECT = `SELECT a.seq, ${COLUMNS.filter((c) => c !== 'data')
  .map((c) => `a.${c}`)
  .join(', ')}, CASE a.input_level WHEN 1 THEN i.data ELSE a.data END AS data
  FROM annotation AS a JOIN input AS i ON i.id = a.input_id`;
const isIn = (column: string, name: string): string => `${column} IN (SELECT value FROM json_each(@${name}))`;
const unless = (name: string, condition: string): string => `(@${name} IS NULL OR ${condition})`;

const LIST = `${SELECT} WHERE
  ${unless('pairs', "EXISTS (SELECT 1 FROM json_each(@pairs) AS p WHERE p.value ->> '$[0]' = a.input_id AND p.value ->> '$[1]' = a.id)")}
  AND ${unless('inputIds', isIn('a.input_id', 'inputIds'))}
  AND ${unless('statuses', isIn('a.status', 'statuses'))}
  AND ${unless('taskId', 'a.task_id = @taskId')}
  AND (@all = 1 OR (a.model_version_id IS NULL AND a.workflow_version_id IS NULL))
  AND (@anyWorker = 1 OR ${isIn('a.user_id', 'userIds')} OR ${isIn('a.model_version_id', 'modelVersionIds')}
    OR ${isIn('a.workflow_version_id', 'workflowVersionIds')})
  ORDER BY a.seq LIMIT @limit OFFSET @offset`;

const jsonOrNull = (list: readonly unknown[]): string | null =>
  list.length === 0 ? null : JSON.stringify(list);

/** Prepares the statements. */
export const createAnnotationRows = (db: Store) => {
  const get = db.prepare<[string, string], AnnotationRow>(`${SELECT} WHERE a.input_id = ? AND a.id = ?`);
  const insert = db.prepare<NewAnnotation>(
    `INSERT INTO annotation (${COLUMNS.join(', ')}) VALUES (${COLUMNS.map((c) => `@${c}`).join(', ')})`,
  );
  const list = db.prepare<unknown[], AnnotationRow>(LIST);
  const update = db.prepare<[string, number, string | null, number, number]>(
    'UPDATE annotation SET data = ?, status = ?, annotation_info = ?, modified_at = ? WHERE seq = ?',
  );
  const remove = db.prepare<[number]>('DELETE FROM annotation WHERE seq = ?');
  const removeOfInput = db.prepare<[string]>('DELETE FROM annotation WHERE input_id = ? AND input_level = 0');
  return {
    get: (inputId: string, id: string) => get.get(inputId, id),
    insert: (row: NewAnnotation) => void insert.run(row),
    /** The annotation that comes with each input. */
    insertInputLevel: (inputId: string, userId: string, now: number): void => {
      insert.run({
        id: randomBytes(16).toString('hex'),
        input_id: inputId,
        input_level: 1,
        data: '{}',
        status: 24150,
        user_id: userId,
        model_version_id: null,
        workflow_version_id: null,
        task_id: null,
        annotation_info: null,
        created_at: now,
        modified_at: now,
      });
    },
    list: (filter: AnnotationFilter): AnnotationRow[] => {
      const workers = [...filter.userIds, ...filter.modelVersionIds, ...filter.workflowVersionIds];
      return list.all({
        pairs: jsonOrNull(filter.pairs),
        inputIds: jsonOrNull(filter.inputIds),
        statuses: jsonOrNull(filter.statuses),
        taskId: filter.taskId,
        userIds: JSON.stringify(filter.userIds),
        modelVersionIds: JSON.stringify(filter.modelVersionIds),
        workflowVersionIds: JSON.stringify(filter.workflowVersionIds),
        anyWorker: workers.length === 0 ? 1 : 0,
        all: filter.all || workers.length > 0 || filter.pairs.length > 0 ? 1 : 0,
        limit: filter.limit,
        offset: filter.offset,
      });
    },
    update: (row: AnnotationRow, now: number) =>
      void update.run(row.data, row.status, row.annotation_info, now, row.seq),
    remove: (seq: number) => void remove.run(seq),
    /** All but the input-level one. */
    removeOfInput: (inputId: string) => void removeOfInput.run(inputId),
  };
};
export type AnnotationRows = ReturnType<typeof createAnnotationRows>;
