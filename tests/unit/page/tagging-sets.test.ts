import { describe, expect, it } from 'vitest';
import { commonStateOf } from '../../../renderer/src/tagging/common-state.ts';
import {
  lastGiven,
  NOTHING_GIVEN,
  withGiven,
  type NamedWish,
} from '../../../renderer/src/tagging/given-set.ts';
import {
  nearDuplicate,
  optionsFor,
  optionsWhenEmpty,
} from '../../../renderer/src/tagging/palette-options.ts';
import { placeOf } from '../../../renderer/src/tagging/tag-place.ts';
import { NO_SELECTION, selectAll, selectOnly, selectNone } from '../../../renderer/src/sheet/selection.ts';
import { actSentence } from '../../../renderer/src/text/tagging.ts';
import type { ConceptUse } from '../../../shared/tagging.ts';

function wish(conceptId: number, value: 0 | 1 | null = 1): NamedWish {
  return { concept: { conceptId }, name: String(conceptId), value };
}

function concept(conceptId: number, name: string): ConceptUse {
  return { conceptId, name, presentCount: conceptId, absentCount: 0, lastUsedAt: null };
}

describe('the last set', () => {
  it('holds what stands of the acts since the cursor moved, newest value first come', () => {
    let set = withGiven(NOTHING_GIVEN, 1, [wish(1)]);
    set = withGiven(set, 1, [wish(2)]);
    set = withGiven(set, 1, [wish(1, 0)]);
    expect(lastGiven(set)?.wishes).toEqual([wish(2), wish(1, 0)]);
    set = withGiven(set, 1, [wish(2, null)]);
    expect(lastGiven(set)).toEqual({ cursorId: 1, wishes: [wish(1, 0)] });
  });

  it('is the one before while nothing is given at the new place', () => {
    const first = withGiven(NOTHING_GIVEN, 1, [wish(1)]);
    const removed = withGiven(first, 2, [wish(1, null)]);
    expect(lastGiven(removed)).toEqual({ cursorId: 1, wishes: [wish(1)] });
    expect(lastGiven(withGiven(removed, 2, [wish(3)]))).toEqual({ cursorId: 2, wishes: [wish(3)] });
    expect(lastGiven(NOTHING_GIVEN)).toBeNull();
  });
});

describe('where a key acts', () => {
  const query = { destinationId: 7, filter: { text: 'x' }, groupBy: 'day', descending: false } as const;
  const spot = { photoId: 5, place: 2 };
  const sheet = { selection: selectOnly(spot), focus: 'sheet', query, total: 40 } as const;

  it('is the selection, the whole sheet, or the photo at the cursor', () => {
    const one = { destinationId: 7, target: { photoIds: [5] }, cursorId: 5, photoCount: 1 };
    expect(placeOf(sheet)).toEqual(one);
    const all = selectAll(sheet.selection);
    expect(placeOf({ ...sheet, selection: all })).toEqual({
      destinationId: 7,
      target: { query },
      cursorId: 5,
      photoCount: 40,
    });
    expect(placeOf({ ...sheet, selection: all, focus: 'one-photo' })).toEqual(one);
    expect(placeOf({ ...sheet, selection: selectNone(all) })).toEqual(one);
    expect(placeOf({ ...sheet, selection: NO_SELECTION })).toBeNull();
  });
});

describe('the palette', () => {
  const golden = concept(1, 'Golden Hour');
  const draft = { name: 'golden hour', remoteId: 'golden-hour-1a2b3c4d', isPlainId: false, problem: null };

  it('offers the exact one first, near ones that do not match, and making a new one last', () => {
    const near = concept(2, 'golden hours');
    const offered = optionsFor({ matches: [golden], exact: null, draft: { ...draft, near: [golden, near] } });
    expect(
      offered.map((option) =>
        option.kind === 'create' ? 'create' : `${option.section} ${option.concept.name}`,
      ),
    ).toEqual(['match Golden Hour', 'near golden hours', 'create']);
    expect(nearDuplicate(offered)).toBe(golden);
    const known = optionsFor({ matches: [near, golden], exact: golden, draft: null });
    expect(known.map(({ key }) => key)).toEqual(['1', '2']);
  });

  it('offers recent and frequent ones once each while nothing is typed', () => {
    const bride = concept(3, 'bride');
    const offered = optionsWhenEmpty({ recent: [golden], frequent: [bride, golden] });
    expect(
      offered.map((option) => option.kind === 'concept' && [option.concept.name, option.section]),
    ).toEqual([
      ['Golden Hour', 'recent'],
      ['bride', 'frequent'],
    ]);
  });
});

describe('what photos have in common', () => {
  it('is present or absent only when all say so', () => {
    expect(commonStateOf({ presentCount: 3, absentCount: 0 }, 3)).toBe('present');
    expect(commonStateOf({ presentCount: 0, absentCount: 3 }, 3)).toBe('absent');
    expect(commonStateOf({ presentCount: 2, absentCount: 1 }, 3)).toBe('mixed');
    expect(commonStateOf({ presentCount: 2, absentCount: 0 }, 3)).toBe('mixed');
  });
});

/** What is said of one wish about bride. */
function said(value: 0 | 1 | null, changedCount: number, photoCount: number): string {
  return actSentence({ wishes: [{ name: 'bride', value }], label: '', changedCount, photoCount });
}

describe('sentences of acts', () => {
  it('tell what was done, on how many, and how many were so already', () => {
    expect([said(1, 12, 12), said(1, 9, 12), said(0, 11, 12), said(null, 2, 12)]).toEqual([
      'bride on 12 photos',
      'bride on 9 photos. 3 had it already.',
      'not bride on 11 photos. 1 was marked so already.',
      'bride removed from 2 photos',
    ]);
    expect([said(1, 0, 12), said(0, 0, 1), said(null, 0, 1)]).toEqual([
      'bride: all 12 photos have it already',
      'not bride: the photo is marked so already',
      'The photo has no tag bride',
    ]);
    const wishes = [
      { name: 'bride', value: 1 as const },
      { name: 'guest', value: 0 as const },
    ];
    const label = 'bride, not guest';
    expect(actSentence({ wishes, label, changedCount: 3, photoCount: 4 })).toBe(
      'bride, not guest on 3 photos',
    );
  });
});
