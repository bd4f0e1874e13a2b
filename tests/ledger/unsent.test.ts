import fc from 'fast-check';
import { expect, test } from 'vitest';
import type { Ledger } from '../../electron/engine/ledger/ledger.ts';
import { addPhoto, destinationOf, temporaryLedger } from './fixture.ts';

const PHOTOS = 3;

/** The same count by looking at every photo. */
const counted = (ledger: Ledger, destinationId: number): unknown[] =>
  ledger.db
    .prepare(
      `SELECT state, count(*) AS count FROM upload WHERE destination_id = ? AND tags_version <> tags_sent
       GROUP BY state ORDER BY state`,
    )
    .all(destinationId);

const step = fc.record({
  kind: fc.constantFrom('tag', 'sent', 'queue', 'there'),
  photo: fc.nat({ max: PHOTOS - 1 }),
  value: fc.constantFrom(0, 1, null),
});

test('photos with unsent tags are counted right after any acts', async () => {
  await fc.assert(
    fc.asyncProperty(fc.array(step, { maxLength: 25 }), async (steps) => {
      await using made = await temporaryLedger();
      const { ledger } = made;
      const destination = destinationOf(ledger, 'a');
      const photos = Array.from({ length: PHOTOS }, (_, n) => addPhoto(ledger, n + 1, { at: [destination] }));
      const concept = ledger.concepts.ensure('coast', 1).id;
      for (const { kind, photo: at, value } of steps) {
        const photo = photos[at] ?? 0;
        const { state = null, tagsVersion = 0 } = ledger.uploads.get(photo, destination) ?? {};
        if (kind === 'tag') ledger.tags.set(photo, concept, value);
        if (kind === 'sent') ledger.tags.sent(photo, destination, tagsVersion);
        if (kind === 'queue' && state === 'found') ledger.uploads.queue(photo, 2);
        if (kind === 'there' && state !== 'indexed') {
          const origin = 'posted';
          const facts = { state: 'indexed', at: 3, origin, statusCode: 30000, requestId: null } as const;
          ledger.uploads.present(photo, destination, facts);
        }
        expect(ledger.counts.unsentTags(destination)).toEqual(counted(ledger, destination));
      }
    }),
    { numRuns: 15 },
  );
});
