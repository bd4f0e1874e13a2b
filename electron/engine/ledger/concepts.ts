import type Database from 'better-sqlite3';

/** A concept as it is typed and shown. */
export interface Concept {
  readonly id: number;
  readonly name: string;
}

/** A concept at one destination. */
export interface ConceptAt {
  readonly conceptId: number;
  readonly name: string;
  /** Its id at the service. */
  readonly remoteId: string;
  /** When the service was seen to have it; null: not known to be there. */
  readonly knownAt: number | null;
}

/** Statements for concepts and their ids at each destination. */
export function createConcepts(db: Database.Database) {
  const insert = db.prepare<[string, number]>(
    'INSERT INTO concept (name, created_at) VALUES (?, ?) ON CONFLICT DO NOTHING',
  );
  const byName = db.prepare<[string], Concept>('SELECT id, name FROM concept WHERE name = ?');
  const byId = db.prepare<[number], Concept>('SELECT id, name FROM concept WHERE id = ?');
  const at = db.prepare<[number, number], ConceptAt>(
    `SELECT concept_id AS conceptId, concept.name, remote_id AS remoteId, known_at AS knownAt
     FROM concept_at JOIN concept ON concept.id = concept_id WHERE concept_id = ? AND destination_id = ?`,
  );
  const byRemoteId = db.prepare<[number, string], ConceptAt>(
    `SELECT concept_id AS conceptId, concept.name, remote_id AS remoteId, known_at AS knownAt
     FROM concept_at JOIN concept ON concept.id = concept_id WHERE destination_id = ? AND remote_id = ?`,
  );
  const setAt = db.prepare<[number, number, string, number | null]>(
    `INSERT INTO concept_at (concept_id, destination_id, remote_id, known_at) VALUES (?, ?, ?, ?)
     ON CONFLICT (concept_id, destination_id) DO UPDATE SET remote_id = excluded.remote_id,
       known_at = coalesce(excluded.known_at, known_at)`,
  );

  return {
    /** The concept with this name, made when it is new. Names are kept as typed, in NFC. */
    ensure(name: string, createdAt: number): Concept {
      const normal = name.normalize('NFC');
      insert.run(normal, createdAt);
      const found = byName.get(normal);
      if (found === undefined) throw new Error(`The concept ${name} was not written.`);
      return found;
    },
    byId: (id: number): Concept | undefined => byId.get(id),
    at: (conceptId: number, destinationId: number): ConceptAt | undefined => at.get(conceptId, destinationId),
    byRemoteId: (destinationId: number, remoteId: string): ConceptAt | undefined =>
      byRemoteId.get(destinationId, remoteId),
    /** The concept that the service shows under an id, made when it is new here. */
    ensureRemote(
      destinationId: number,
      remote: { id: string; name: string | null },
      seenAt: number,
    ): ConceptAt {
      const known = byRemoteId.get(destinationId, remote.id);
      if (known !== undefined) {
        if (known.knownAt === null) setAt.run(known.conceptId, destinationId, remote.id, seenAt);
        return known;
      }
      // Two concepts there may share a name; ours are told apart by name, so the second is named by its id too.
      const name = (remote.name ?? remote.id).normalize('NFC');
      const taken = byName.get(name);
      const isTaken = taken !== undefined && at.get(taken.id, destinationId) !== undefined;
      const concept = this.ensure(isTaken ? `${name} (${remote.id})` : name, seenAt);
      setAt.run(concept.id, destinationId, remote.id, seenAt);
      return { conceptId: concept.id, name: concept.name, remoteId: remote.id, knownAt: seenAt };
    },
    /** Names a concept's id at a destination; `knownAt` once the service was seen to have it. */
    setAt(conceptId: number, destinationId: number, remoteId: string, knownAt: number | null): void {
      setAt.run(conceptId, destinationId, remoteId, knownAt);
    },
  };
}
