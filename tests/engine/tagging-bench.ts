/** The tagging calls over a ledger with photos, without disk pictures or network. */
import { createTaggingCalls } from '../../electron/engine/calls/tagging-calls.ts';
import { answerAboutKeywords } from '../../electron/engine/edits/keyword-questions.ts';
import { createChanges } from '../../electron/engine/changes.ts';
import type { EngineParts } from '../../electron/engine/engine-parts.ts';
import type { Ledger } from '../../electron/engine/ledger/ledger.ts';
import { addPhoto, destinationOf, hashOf, temporaryLedger } from '../ledger/fixture.ts';
import { createFakeClock, type FakeClock } from '../support/fake-clock.ts';
import { NO_CAPTURE_FACTS } from '#shared/capture.ts';
import type { TaggingCalls } from '#shared/tagging.ts';
import type { Remote } from '#shared/calls.ts';

/** Tag values by photo id and concept name. */
export type TagsByPhoto = Readonly<Record<number, Readonly<Record<string, 0 | 1>>>>;

/** Reads all tags of a ledger. */
export function tagsIn(ledger: Ledger, photoIds: readonly number[]): TagsByPhoto {
  const tags = photoIds.map((photoId) => [
    photoId,
    Object.fromEntries(
      ledger.tags.of(photoId).map(({ conceptId, value }) => [ledger.concepts.byId(conceptId)?.name, value]),
    ),
  ]);
  return Object.fromEntries(tags.filter(([, of]) => Object.keys(of as object).length > 0)) as TagsByPhoto;
}

/** Answers at once, where the engine asks a thread. */
function keywordsOf(ledger: Ledger): EngineParts['keywords'] {
  return {
    ask: async (question) => answerAboutKeywords(ledger, question) as never,
    stop: () => Promise.resolve(),
  };
}

/** A bench whose engine part goes with the block. */
export interface TaggingBench extends AsyncDisposable {
  readonly api: Remote<TaggingCalls>;
  readonly ledger: Ledger;
  readonly clock: FakeClock;
  readonly photoIds: readonly number[];
  readonly destinationId: number;
  /** Closes the ledger and opens it again. */
  restart(): void;
  tags(): TagsByPhoto;
  /** Puts a photo's file with keywords into a folder, as after it was read. */
  addFile(photoId: number, keywords: readonly string[], hierarchicalKeywords?: readonly string[]): void;
}

/** Makes a ledger with so many photos at one destination. */
export async function taggingBench(photoCount: number): Promise<TaggingBench> {
  const made = await temporaryLedger();
  const destinationId = destinationOf(made.ledger, 'app');
  const photoIds = made.ledger.transaction(() =>
    Array.from({ length: photoCount }, (_, n) => addPhoto(made.ledger, n + 1, { at: [destinationId] })),
  );
  const clock = createFakeClock();
  let api = callsOver(made.ledger);

  function callsOver(ledger: Ledger): Remote<TaggingCalls> {
    const changes = createChanges(ledger, clock);
    const parts: Partial<EngineParts> = {
      ledger,
      changes,
      host: { clock } as unknown as EngineParts['host'],
      openLines: () => [],
      keywords: keywordsOf(ledger),
    };
    return createTaggingCalls(parts as EngineParts);
  }

  return {
    get api() {
      return api;
    },
    get ledger() {
      return made.ledger;
    },
    clock,
    photoIds,
    destinationId,
    restart() {
      api = callsOver(made.reopen());
    },
    tags: () => tagsIn(made.ledger, photoIds),
    addFile(photoId, keywords, hierarchicalKeywords = []) {
      const folder = made.ledger.folders.add('/photos', destinationId, 1);
      made.ledger.files.record({
        folderId: folder.id,
        path: `${photoId}.jpg`,
        stamp: { size: 10, mtimeMs: 1, ctimeMs: 1, inode: photoId },
        at: 1,
        kind: 'photo',
        photoId,
        fileHash: hashOf(photoId),
        format: 'jpeg',
        facts: { ...NO_CAPTURE_FACTS, keywords, hierarchicalKeywords },
        sortAt: 1,
      });
    },
    [Symbol.asyncDispose]: () => made[Symbol.asyncDispose](),
  };
}
