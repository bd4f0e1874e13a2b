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

/** Why a concept is not offered: since when, and what it stands for when it was merged. */
export interface Hiding {
  /** UTC ms. */
  readonly at: number;
  readonly mergedInto: number | null;
}

/** A concept whose new name an account does not know yet. */
export interface DueName {
  readonly conceptId: number;
  readonly remoteId: string;
  readonly name: string;
}

/** Statements for concepts and their ids at each destination. */
export function createConcepts(db: Database.Database) {
  const insert = db.prepare<[string, number]>(
    `INSERT INTO concept (name, created_at) VALUES (?, ?)
     ON CONFLICT (name) DO UPDATE SET hidden_at = NULL, merged_into = NULL WHERE hidden_at IS NOT NULL`,
  );
  const hiding = db.prepare<[number], Hiding>(
    `SELECT hidden_at AS at, merged_into AS mergedInto FROM concept WHERE id = ? AND hidden_at IS NOT NULL`,
  );
  const hide = db.prepare<[number | null, number | null, number]>(
    'UPDATE concept SET hidden_at = ?, merged_into = ? WHERE id = ?',
  );
  const rename = db.prepare<[string, number]>('UPDATE concept SET name = ? WHERE id = ?');
  const isUsed = db
    .prepare<[number, number], number>(
      `SELECT EXISTS (SELECT 1 FROM tag WHERE concept_id = ?)
         OR EXISTS (SELECT 1 FROM folder_tag WHERE concept_id = ?)`,
    )
    .pluck();
  const used = db.prepare<[number, string]>(
    `UPDATE concept_use SET last_used_at = ? WHERE concept_id IN (SELECT value FROM json_each(?))`,
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

  const namesDue = db.prepare<[number, number], DueName>(
    `SELECT concept_id AS conceptId, remote_id AS remoteId, name FROM concept_at JOIN concept ON concept.id = concept_id
     WHERE destination_id = ? AND name_due = 1 AND hidden_at IS NULL LIMIT ?`,
  );
  const told = db.prepare<[string, number, number]>(
    'UPDATE concept_at SET told_name = ? WHERE concept_id = ? AND destination_id = ?',
  );

  return {
    /** The concept with this name, made when it is new, offered again when it was hidden. Names are kept in NFC. */
    ensure(name: string, createdAt: number): Concept {
      const normal = name.normalize('NFC');
      insert.run(normal, createdAt);
      const found = byName.get(normal);
      if (found === undefined) throw new Error(`The concept ${name} was not written.`);
      return found;
    },
    byId: (id: number): Concept | undefined => byId.get(id),
    /** The concept with exactly this name, in NFC; hidden ones too. */
    byName: (name: string): Concept | undefined => byName.get(name.normalize('NFC')),
    /** Null while it is offered. */
    hiding: (id: number): Hiding | null => hiding.get(id) ?? null,
    hide(id: number, hidden: Hiding | null): void {
      hide.run(hidden?.at ?? null, hidden?.mergedInto ?? null, id);
    },
    /** Whether a photo is tagged with it, or a folder's photos are to be. */
    isUsed: (id: number): boolean => isUsed.get(id, id) === 1,
    /** Gives it another name, in NFC. Its ids at the destinations stay. Throws when another has the name. */
    rename(id: number, name: string): void {
      rename.run(name.normalize('NFC'), id);
    },
    /** An act gave them to photos. */
    used(ids: readonly number[], at: number): void {
      used.run(at, JSON.stringify(ids));
    },
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
        if (known.knownAt === null) {
          setAt.run(known.conceptId, destinationId, remote.id, seenAt);
          told.run(known.name, known.conceptId, destinationId);
        }
        return known;
      }
      // Two concepts there may share a name; ours are told apart by name, so the second is named by its id too.
      const name = (remote.name ?? remote.id).normalize('NFC');
      const taken = byName.get(name);
      const isTaken = taken !== undefined && at.get(taken.id, destinationId) !== undefined;
      const concept = this.ensure(isTaken ? `${name} (${remote.id})` : name, seenAt);
      setAt.run(concept.id, destinationId, remote.id, seenAt);
      told.run(concept.name, concept.id, destinationId);
      return { conceptId: concept.id, name: concept.name, remoteId: remote.id, knownAt: seenAt };
    },
    /** Names a concept's id at a destination; `knownAt` once the service was seen to have it. */
    setAt(conceptId: number, destinationId: number, remoteId: string, knownAt: number | null): void {
      setAt.run(conceptId, destinationId, remoteId, knownAt);
    },
    /** The account has the concept under a name that it has here, or had. */
    told(conceptId: number, destinationId: number, name: string): void {
      told.run(name, conceptId, destinationId);
    },
    /** Concepts that were renamed since the account was told their name; at most `limit`. */
    namesDue: (destinationId: number, limit: number): DueName[] => namesDue.all(destinationId, limit),
  };
}
