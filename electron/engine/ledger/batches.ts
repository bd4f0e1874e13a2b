import type Database from 'better-sqlite3';

/** A concept as it travels in a POST. */
export interface SentConcept {
  readonly conceptId: number;
  readonly remoteId: string;
  readonly value: 0 | 1;
}

/** One photo of a batch that is about to be claimed. */
export interface ClaimedPhoto {
  readonly photoId: number;
  readonly inputId: string;
  /** Bytes of the picture itself, before base64. */
  readonly bytes: number;
  readonly concepts: readonly SentConcept[];
  readonly tagsVersion: number;
  readonly orientation: number;
}

/** A claim: which photos go in one POST. */
export interface Claim {
  readonly destinationId: number;
  /** The batch that was halved, when this is a half. */
  readonly parentId: number | null;
  readonly photos: readonly ClaimedPhoto[];
  readonly bodyBytes: number;
  readonly at: number;
}

/** How a batch ended. */
export interface BatchEnd {
  readonly at: number;
  /** `answered`, `refused`, `cut`, `held`, `asked` (settled by asking after an interruption) … */
  readonly outcome: string;
  readonly http?: number | null;
  readonly statusCode?: number | null;
  readonly requestId?: string | null;
  readonly detail?: string | null;
}

/** What one input of a batch carried. */
export interface BatchInput {
  readonly photoId: number;
  readonly inputId: string;
  readonly concepts: readonly SentConcept[];
  readonly tagsVersion: number;
}

/** Statements for batches: the intent before the act, the outcome after it. */
export function createBatches(db: Database.Database) {
  const open = db.prepare<[number, number | null, number, number, number]>(
    'INSERT INTO batch (destination_id, parent_id, opened_at, input_count, body_bytes) VALUES (?, ?, ?, ?, ?)',
  );
  const addInput = db.prepare<[number, number, string, string, number, number]>(
    `INSERT INTO batch_input (batch_id, photo_id, input_id, concepts, tags_version, bytes)
     VALUES (?, ?, ?, ?, ?, ?)`,
  );
  const claim = db.prepare<[number, number, number, number, number]>(
    `UPDATE upload SET state = 'sending', state_at = ?, batch_id = ?, sent_orientation = ?
     WHERE photo_id = ? AND destination_id = ?`,
  );
  const close = db.prepare<
    [number, string, number | null, number | null, string | null, string | null, number]
  >(
    `UPDATE batch SET closed_at = ?, outcome = ?, http = ?, status_code = ?, request_id = ?, detail = ?
     WHERE id = ? AND closed_at IS NULL`,
  );
  const settleInput = db.prepare<[string, number | null, number, number]>(
    'UPDATE batch_input SET outcome = ?, status_code = ? WHERE batch_id = ? AND photo_id = ?',
  );
  const openOnes = db
    .prepare<[number], number>('SELECT id FROM batch WHERE destination_id = ? AND closed_at IS NULL')
    .pluck();
  const inputsOf = db.prepare<
    [number],
    { photoId: number; inputId: string; concepts: string; tagsVersion: number }
  >(
    `SELECT photo_id AS photoId, input_id AS inputId, concepts, tags_version AS tagsVersion
     FROM batch_input WHERE batch_id = ?`,
  );

  const wasSent = db
    .prepare<[number, number, number], number>(
      `SELECT 1 FROM batch_input JOIN batch ON batch.id = batch_id
       WHERE photo_id = ? AND destination_id = ? AND batch_id <> ? LIMIT 1`,
    )
    .pluck();

  const carried = db
    .prepare<[number, number], number>(
      `SELECT DISTINCT sent.value ->> 'conceptId' FROM batch_input JOIN batch ON batch.id = batch_id,
         json_each(batch_input.concepts) AS sent WHERE photo_id = ? AND destination_id = ?`,
    )
    .pluck();

  return {
    /**
     * Makes a batch and moves its photos to sending. Runs inside a transaction of the caller. Returns its id.
     *
     * @throws Error when a photo is not queued, or not at the destination
     */
    claim(batch: Claim): number {
      const { lastInsertRowid } = open.run(
        batch.destinationId,
        batch.parentId,
        batch.at,
        batch.photos.length,
        batch.bodyBytes,
      );
      const id = Number(lastInsertRowid);
      for (const photo of batch.photos) {
        const concepts = JSON.stringify(photo.concepts);
        addInput.run(id, photo.photoId, photo.inputId, concepts, photo.tagsVersion, photo.bytes);
        const { photoId, orientation } = photo;
        if (claim.run(batch.at, id, orientation, photoId, batch.destinationId).changes === 0) {
          throw new Error(`Photo ${photoId} is not at destination ${batch.destinationId}; nothing is sent.`);
        }
      }
      return id;
    },
    /** Records what became of one input. */
    settleInput(batchId: number, photoId: number, outcome: string, statusCode: number | null): void {
      settleInput.run(outcome, statusCode, batchId, photoId);
    },
    /**
     * Records how a batch ended; one that ended already keeps its end.
     *
     * @throws Error while a photo of it is still being sent
     */
    close(batchId: number, end: BatchEnd): void {
      close.run(
        end.at,
        end.outcome,
        end.http ?? null,
        end.statusCode ?? null,
        end.requestId ?? null,
        end.detail ?? null,
        batchId,
      );
    },
    /** Batches whose outcome was never recorded: in flight now, or interrupted by a crash. */
    open: (destinationId: number): number[] => openOnes.all(destinationId),
    /** Whether the photo was in another batch to this destination, whatever became of it. */
    wasSent: (photoId: number, destinationId: number, exceptBatchId: number): boolean =>
      wasSent.get(photoId, destinationId, exceptBatchId) !== undefined,
    /** Concepts that any batch to this destination carried for the photo, whatever became of it. */
    carried: (photoId: number, destinationId: number): number[] => carried.all(photoId, destinationId),
    inputsOf: (batchId: number): BatchInput[] =>
      inputsOf
        .all(batchId)
        .map((row) => ({ ...row, concepts: JSON.parse(row.concepts) as readonly SentConcept[] })),
  };
}
