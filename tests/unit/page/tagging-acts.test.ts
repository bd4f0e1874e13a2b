import { describe, expect, it } from 'vitest';
import { createActQueue } from '../../../renderer/src/engine/act-queue.ts';
import { createTagActs, type TagPlace } from '../../../renderer/src/tagging/tag-acts.ts';
import type { NamedWish } from '../../../renderer/src/tagging/given-set.ts';
import { PortClosedError } from '../../../shared/calls.ts';
import type { SheetRow, ShownTag } from '../../../shared/sheet.ts';
import type { TaggingCalls } from '../../../shared/tagging.ts';

type Act = Parameters<TaggingCalls['tag']>[0];

const NAMES = new Map([
  [1, 'bride'],
  [2, 'guest'],
  [3, 'church'],
]);

function wish(conceptId: number, value: 0 | 1 | null = 1): NamedWish {
  return { concept: { conceptId }, name: NAMES.get(conceptId) ?? '', value };
}

function at(...photoIds: readonly number[]): TagPlace {
  return {
    destinationId: 7,
    target: { photoIds },
    cursorId: photoIds.at(-1) ?? null,
    photoCount: photoIds.length,
  };
}

function rowOf(photoId: number, tags: readonly ShownTag[]): SheetRow {
  return {
    photoId,
    pictureHash: null,
    orientation: 1,
    width: null,
    height: null,
    hasThumbnails: false,
    state: 'indexed',
    reason: null,
    name: null,
    sortAt: 0,
    rating: null,
    tags,
    hasUnsentTags: true,
  };
}

/** An engine of photos with tags that answers only when it is let; and what the page saw, in order. */
function bench({ isMeant = true, answers = true } = {}) {
  const tags = new Map<number, Map<number, 0 | 1>>();
  const seen: string[] = [];
  const gates: (() => void)[] = [];
  const questions: string[] = [];
  let refuses: Error | null = null;
  let asOf = 0;
  const shown = (photoId: number): readonly ShownTag[] =>
    [...(tags.get(photoId) ?? [])].map(([conceptId, value]) => ({
      conceptId,
      name: NAMES.get(conceptId) ?? '',
      value,
    }));
  const tag = async ({ target, wishes }: Act) => {
    seen.push(`ask ${wishes.map((each) => JSON.stringify(each.concept)).join()}`);
    if (!answers) await new Promise<void>((resolve) => gates.push(resolve));
    if (refuses !== null) throw refuses;
    const photoIds = 'photoIds' in target ? target.photoIds : [1, 2];
    const changed = photoIds.filter((photoId) => {
      const of = tags.get(photoId) ?? new Map<number, 0 | 1>();
      tags.set(photoId, of);
      const before = JSON.stringify([...of]);
      for (const { concept, value } of wishes) {
        if (!('conceptId' in concept)) continue;
        if (value === null) of.delete(concept.conceptId);
        else of.set(concept.conceptId, value);
      }
      return JSON.stringify([...of]) !== before;
    });
    asOf += 1;
    return {
      editId: changed.length > 0 ? asOf : null,
      label: 'label',
      kind: 'tag',
      photoCount: changed.length,
      leftCount: 0,
      photoIds: changed,
      rows: changed.map((photoId) => rowOf(photoId, shown(photoId))),
      asOf,
    };
  };
  const acts = createTagActs({
    queue: createActQueue(),
    engine: {
      tag,
      rowsOf: async ({ photoIds }) => ({ rows: photoIds.map((id) => rowOf(id, shown(id))), asOf }),
      commonTags: async ({ target }) => {
        const ids = 'photoIds' in target ? target.photoIds : [];
        const concepts = [...new Set(ids.flatMap((id) => [...(tags.get(id)?.keys() ?? [])]))];
        return {
          photoCount: ids.length,
          concepts: concepts.map((conceptId) => ({
            conceptId,
            name: NAMES.get(conceptId) ?? '',
            presentCount: 1,
            absentCount: 0,
          })),
          suggestions: [],
          asOf,
        };
      },
    },
    applyRows: (rows) => seen.push(`paint ${rows.map(({ photoId }) => photoId).join()}`),
    say: (text, { canUndo }) => seen.push(canUndo ? `say ${text} (undo)` : `say ${text}`),
    fail: (sentence) => {
      if (sentence !== null) seen.push(`fail ${sentence}`);
    },
    confirm: async (_place, words) => {
      questions.push(words);
      return isMeant;
    },
  });
  return {
    acts,
    seen,
    questions,
    tagsOf: (photoId: number) => Object.fromEntries(tags.get(photoId) ?? []),
    untag: (photoId: number, conceptId: number) => tags.get(photoId)?.delete(conceptId),
    refuse: (error: Error | null) => {
      refuses = error;
    },
    /** Lets the engine answer the question that is on its way. */
    letOne: async () => {
      while (gates.length === 0) await Promise.resolve();
      gates.shift()?.();
    },
  };
}

describe('acts of tagging', () => {
  it('are sent one after the other, and painted and told only when they are durable', async () => {
    const { acts, seen, letOne, tagsOf } = bench({ answers: false });
    const presses = [
      acts.give(at(1), [wish(1)]),
      acts.give(at(1, 2), [wish(1)]),
      acts.give(at(2), [wish(2, 0)]),
    ];
    await letOne();
    await presses[0];
    expect(seen.slice(0, 3)).toEqual(['ask {"conceptId":1}', 'paint 1', 'say bride on 1 photo (undo)']);
    await letOne();
    await letOne();
    await Promise.all(presses);
    expect(seen.slice(3)).toEqual([
      'ask {"conceptId":1}',
      'paint 2',
      'say bride on 1 photo. 1 had it already. (undo)',
      'ask {"conceptId":2}',
      'paint 2',
      'say not guest on 1 photo (undo)',
    ]);
    expect([tagsOf(1), tagsOf(2)]).toEqual([{ 1: 1 }, { 1: 1, 2: 0 }]);
  });

  it('say that nothing had to change, and take nothing away when a key is pressed again', async () => {
    const { acts, seen, tagsOf } = bench();
    await acts.give(at(1), [wish(1)]);
    await acts.give(at(1), [wish(1)]);
    expect(seen.at(-1)).toBe('say bride: the photo has it already');
    expect(tagsOf(1)).toEqual({ 1: 1 });
  });

  it('paint nothing when they fail, say so, and let the next one through', async () => {
    const { acts, seen, refuse, tagsOf } = bench();
    refuse(new Error('The disk is full'));
    expect(await acts.give(at(1), [wish(1)])).toBe(false);
    expect(seen.filter((each) => each.startsWith('paint'))).toEqual([]);
    expect(seen.at(-1)).toMatch(/^fail “bride” was not kept.*The disk is full\./u);
    refuse(new PortClosedError());
    await acts.give(at(1), [wish(1)]);
    expect(seen.at(-1)).toMatch(/^fail The line broke before “bride” was confirmed/u);
    refuse(null);
    await acts.give(at(1), [wish(2)]);
    expect(tagsOf(1)).toEqual({ 2: 1 });
  });

  it('repeat what was given since the cursor moved, as it was given, without what was taken back', async () => {
    const { acts, tagsOf, untag, seen } = bench();
    await acts.give(at(1), [wish(1)]);
    await acts.give(at(2), [wish(2)]);
    await acts.give(at(2), [wish(3, 0)]);
    await acts.repeat(at(3));
    expect(tagsOf(3)).toEqual({ 2: 1, 3: 0 });
    untag(3, 2);
    await acts.repeat(at(4));
    expect(tagsOf(4)).toEqual({ 3: 0 });
    untag(4, 3);
    await acts.repeat(at(5));
    expect([tagsOf(5), seen.at(-1)]).toEqual([
      {},
      'say The tags given last were taken back. There is nothing to repeat.',
    ]);
  });

  it('paste adds present and absent ones; replace takes the others away', async () => {
    const { acts, tagsOf, seen } = bench();
    await acts.paste(at(2));
    expect(seen.at(-1)).toBe('say No tags are copied yet.');
    await acts.give(at(1), [wish(1), wish(2, 0)]);
    await acts.give(at(2, 3), [wish(3)]);
    await acts.copy(at(1));
    await acts.paste(at(2));
    await acts.replace(at(3));
    expect([tagsOf(2), tagsOf(3)]).toEqual([
      { 1: 1, 2: 0, 3: 1 },
      { 1: 1, 2: 0 },
    ]);
  });

  it('ask once before all photos of a filter or more than 5,000 are tagged', async () => {
    const query = { destinationId: 7, filter: {}, groupBy: 'day', descending: false } as const;
    const all: TagPlace = { destinationId: 7, target: { query }, cursorId: null, photoCount: 2 };
    const many = at(...Array.from({ length: 5001 }, (_, index) => index));
    const asked = bench();
    await asked.acts.give(all, [wish(1)]);
    await asked.acts.give(all, [wish(2)]);
    await asked.acts.give(many, [wish(2)]);
    await asked.acts.give(at(...Array.from({ length: 5000 }, (_, index) => index)), [wish(2)]);
    expect(asked.questions).toEqual(['bride', 'guest']);
    const refused = bench({ isMeant: false });
    expect(await refused.acts.give(all, [wish(1)])).toBe(false);
    expect(refused.seen).toEqual([]);
  });
});
