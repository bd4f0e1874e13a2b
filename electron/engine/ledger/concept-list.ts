import type Database from 'better-sqlite3';

/** A concept that is offered, with how it is used. */
export interface ListedConcept {
  readonly conceptId: number;
  readonly name: string;
  /** {@link foldedName} of the name, for comparing. */
  readonly folded: string;
  /** {@link bareName} of it. */
  readonly bare: string;
  readonly presentCount: number;
  readonly absentCount: number;
  readonly lastUsedAt: number | null;
}

/** A name for comparing: without case and accents. */
export function foldedName(name: string): string {
  return name.normalize('NFKD').replaceAll(/\p{M}/gu, '').toLowerCase().replaceAll('ß', 'ss');
}

/** A folded name without what stands between words. */
export function bareName(folded: string): string {
  return folded.replaceAll(/[\s\-_‐-―'’.]+/gu, '');
}

type Row = Omit<ListedConcept, 'folded' | 'bare'> & { readonly isHidden: 0 | 1 };

const ROWS = `SELECT concept.id AS conceptId, name, hidden_at IS NOT NULL AS isHidden,
    present_count AS presentCount, absent_count AS absentCount, last_used_at AS lastUsedAt
  FROM concept JOIN concept_use ON concept_id = concept.id`;

/**
 * All offered concepts in memory, because each letter that is typed asks for them. Triggers of this connection note
 * which concepts a write touches; only those are read again. Nothing is kept before somebody asks.
 */
export function createConceptList(db: Database.Database) {
  const all = db.prepare<[], Row>(ROWS);
  const some = db.prepare<[string], Row>(`${ROWS} WHERE concept.id IN (SELECT value FROM json_each(?))`);
  const listed = new Map<number, ListedConcept>();
  const touched = new Set<number>();
  let isListening = false;

  function keep({ isHidden, ...row }: Row): void {
    if (isHidden === 1) {
      listed.delete(row.conceptId);
      return;
    }
    const known = listed.get(row.conceptId);
    const folded = known?.name === row.name ? known.folded : foldedName(row.name);
    const bare = known?.name === row.name ? known.bare : bareName(folded);
    listed.set(row.conceptId, { ...row, folded, bare });
  }

  function listen(): void {
    isListening = true;
    db.function('note_concept', (id) => {
      touched.add(Number(id));
      return null;
    });
    db.exec(`CREATE TEMP TRIGGER listed_concept_new AFTER INSERT ON main.concept
        BEGIN SELECT note_concept(NEW.id); END;
      CREATE TEMP TRIGGER listed_concept AFTER UPDATE ON main.concept BEGIN SELECT note_concept(NEW.id); END;
      CREATE TEMP TRIGGER listed_concept_use AFTER UPDATE ON main.concept_use
        BEGIN SELECT note_concept(NEW.concept_id); END;`);
    for (const row of all.iterate()) keep(row);
  }

  return {
    /** Every offered concept as it is now, in no order. */
    all(): Iterable<ListedConcept> {
      if (!isListening) listen();
      if (touched.size > 0) {
        const rows = some.all(JSON.stringify([...touched]));
        const found = new Set(rows.map(({ conceptId }) => conceptId));
        for (const row of rows) keep(row);
        for (const id of touched) if (!found.has(id)) listed.delete(id);
        // A transaction that is rolled back notes nothing more: what it touched is read again after its end.
        if (!db.inTransaction) touched.clear();
      }
      return listed.values();
    },
    byId(conceptId: number): ListedConcept | undefined {
      this.all();
      return listed.get(conceptId);
    },
  };
}
