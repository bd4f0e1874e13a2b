import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createListeners } from '../../../renderer/src/engine/listeners.ts';
import { createSheetRows } from '../../../renderer/src/sheet/sheet-rows.ts';
import type { ChangedEvent } from '#shared/changes.ts';
import type { SheetQuery, SheetRow } from '#shared/sheet.ts';

const QUERY: SheetQuery = { destinationId: 1, filter: {}, groupBy: 'day', descending: false };

function rowOf(photoId: number, rating: number | null = null): SheetRow {
  return {
    photoId,
    pictureHash: null,
    orientation: 1,
    width: 3,
    height: 2,
    hasThumbnails: false,
    state: 'indexed',
    reason: null,
    name: `${photoId}.jpg`,
    sortAt: photoId,
    rating,
    tags: [],
    hasUnsentTags: false,
  };
}

/** A ledger of photos, and a line to it whose answers come when, and in the order that, the test says. */
function createLedger(photoCount: number) {
  let photos: readonly SheetRow[] = Array.from({ length: photoCount }, (_, index) => rowOf(index + 1));
  let asOf = 1;
  let epoch = 1;
  const statuses = createListeners<void>();
  const changed = createListeners<ChangedEvent>();
  const waiting: (() => void)[] = [];
  const asked: string[] = [];
  /** The answer is what the ledger holds when the question comes; it arrives later. */
  function answer<Value>(call: string, value: Value): Promise<Value> {
    asked.push(call);
    return new Promise((resolve) => waiting.push(() => resolve(value)));
  }
  const sections = () =>
    photos.length === 0 ? [] : [{ key: 'a', day: null, folders: [], start: 0, count: photos.length }];
  const engine = {
    sheet: () =>
      answer('sheet', { asOf, total: photos.length, unfiltered: photos.length, sections: sections() }),
    sheetRows: ({ from, count }: { from: number; count: number }) =>
      answer(`rows ${from}+${count}`, {
        asOf,
        from,
        total: photos.length,
        rows: photos.slice(from, from + count),
      }),
    rowsOf: ({ photoIds }: { photoIds: readonly number[] }) =>
      answer(`rows of ${photoIds[0]} +${photoIds.length}`, {
        asOf,
        rows: photos.filter(({ photoId }) => photoIds.includes(photoId)),
      }),
    sheetIds: ({ from, to }: { from: number; to: number }) =>
      answer(
        'ids',
        photos.slice(from, to + 1).map(({ photoId }) => photoId),
      ),
    sheetPlace: ({ photoId }: { photoId: number }) => {
      const place = photos.findIndex((row) => row.photoId === photoId);
      return answer('place', place < 0 ? null : place);
    },
  };
  return {
    connection: {
      engine,
      status: () => ({ state: 'open' as const, epoch }),
      onStatus: statuses.add,
      onChanged: changed.add,
    },
    asked,
    photos: () => photos,
    asOf: () => asOf,
    change(next: readonly SheetRow[]) {
      photos = next;
      asOf += 1;
      changed.tell({ kind: 'changed', topics: ['photos'], asOf });
    },
    /** Photos stay where they are; only what their rows say is another. */
    tag(next: readonly SheetRow[]) {
      photos = next;
      asOf += 1;
      changed.tell({ kind: 'changed', topics: ['tags'], asOf });
    },
    restart() {
      epoch += 1;
      asOf = 1;
      statuses.tell();
    },
    /** Lets one answer arrive. */
    async deliver(index = 0) {
      waiting.splice(index % Math.max(1, waiting.length), 1)[0]?.();
      for (let turn = 0; turn < 12; turn += 1) await Promise.resolve();
    },
    async settle() {
      while (waiting.length > 0) await this.deliver();
    },
  };
}

const placesOf = (rows: ReturnType<typeof createSheetRows>, from: number, to: number) =>
  Array.from({ length: to - from + 1 }, (_, index) => rows.rowAt(from + index));

describe('rows of a sheet', () => {
  it('asks for the outline and what is on screen, then for what lies near, one question at a time', async () => {
    const ledger = createLedger(1000);
    const rows = createSheetRows(ledger.connection, QUERY);
    rows.start();
    expect(ledger.asked).toEqual(['sheet']);
    await ledger.settle();
    expect(ledger.asked).toEqual(['sheet', 'rows 0+120', 'rows 120+120']);
    rows.show({ from: 700, to: 760, anchor: 700 });
    await ledger.settle();
    expect(ledger.asked.slice(3)).toEqual(['rows 600+120', 'rows 720+120']);
    expect(rows.rowAt(755)?.photoId).toBe(756);
  });

  it('keeps the photo at the top where it is when photos come before it', async () => {
    const ledger = createLedger(1000);
    const rows = createSheetRows(ledger.connection, QUERY, () => 503);
    rows.start();
    rows.show({ from: 500, to: 550, anchor: 500 });
    await ledger.settle();
    const news = Array.from({ length: 7 }, (_, index) => rowOf(2001 + index));
    ledger.change([...news, ...ledger.photos()]);
    // Until all of the new sheet is there, the one before stays as it was.
    await ledger.deliver();
    expect(rows.arrival()?.outline.total).toBe(1000);
    expect(rows.idAt(500)).toBe(501);
    await ledger.settle();
    expect(rows.arrival()).toMatchObject({
      outline: { total: 1007 },
      moved: { from: 500, to: 507 },
      watched: { photoId: 503, place: 509 },
      isOther: false,
    });
    expect(rows.idAt(507)).toBe(501);
  });

  it('keeps the newer of two rows, whichever came first, and rows that say the same as the same object', async () => {
    const ledger = createLedger(50);
    const rows = createSheetRows(ledger.connection, QUERY);
    rows.start();
    await ledger.settle();
    const before = placesOf(rows, 0, 49);
    // Asked before the act, answered after it.
    ledger.change(ledger.photos());
    await ledger.deliver();
    rows.applyRows([rowOf(5, 4)], ledger.asOf() + 1);
    await ledger.settle();
    expect(rows.rowOf(5)?.rating).toBe(4);
    placesOf(rows, 0, 49).forEach((row, index) => {
      if (row?.photoId !== 5) expect(row).toBe(before[index]);
    });
    rows.applyRows([rowOf(5, 1)], ledger.asOf());
    expect(rows.rowOf(5)?.rating).toBe(4);
  });

  it('stays the same sheet when news change nothing of its outline, so that nothing of it is drawn', async () => {
    const ledger = createLedger(300);
    const rows = createSheetRows(ledger.connection, QUERY);
    rows.start();
    await ledger.settle();
    const before = rows.arrival();
    ledger.change(ledger.photos().map((row) => (row.photoId === 7 ? rowOf(7, 5) : row)));
    await ledger.settle();
    expect(rows.rowOf(7)?.rating).toBe(5);
    expect(rows.arrival()).toBe(before);
    ledger.change(ledger.photos().slice(1));
    await ledger.settle();
    expect(rows.arrival()?.shape).toBe((before?.shape ?? 0) + 1);
  });

  it('asks only for rows when tags changed, unless its filter is about tags', async () => {
    const ledger = createLedger(300);
    const tagged = () => ledger.photos().map((row) => (row.photoId === 7 ? rowOf(7, 5) : row));
    const rows = createSheetRows(ledger.connection, QUERY);
    const stop = rows.start();
    rows.show({ from: 0, to: 130, anchor: null });
    await ledger.settle();
    let known = ledger.asked.length;
    ledger.tag(tagged());
    await ledger.settle();
    expect(ledger.asked.slice(known)).toEqual(['rows of 1 +120', 'rows of 121 +120']);
    expect(rows.rowAt(6)?.rating).toBe(5);
    stop();

    for (const filter of [{ untagged: true }, { concepts: [{ conceptId: 1, value: 0 as const }] }]) {
      const tagRows = createSheetRows(ledger.connection, { ...QUERY, filter });
      const stop = tagRows.start();
      await ledger.settle();
      known = ledger.asked.length;
      ledger.tag(ledger.photos().slice(1));
      await ledger.settle();
      expect(ledger.asked.slice(known)[0]).toBe('sheet');
      expect(tagRows.total()).toBe(ledger.photos().length);
      stop();
    }
  });

  it('takes what a new engine says, whose count begins anew', async () => {
    const ledger = createLedger(10);
    const rows = createSheetRows(ledger.connection, QUERY);
    rows.start();
    await ledger.settle();
    rows.applyRows([rowOf(5, 4)], 900);
    ledger.restart();
    await ledger.settle();
    expect(rows.rowOf(5)?.rating).toBe(null);
  });

  it('keeps a failure until something changes, and what was there before it', async () => {
    const ledger = createLedger(10);
    let fails = false;
    const { engine } = ledger.connection;
    const sheet = () => (fails ? Promise.reject(new Error('No.')) : engine.sheet());
    const rows = createSheetRows({ ...ledger.connection, engine: { ...engine, sheet } }, QUERY);
    rows.start();
    await ledger.settle();
    fails = true;
    ledger.change([rowOf(1)]);
    await ledger.deliver();
    expect([rows.problem()?.message, rows.total()]).toEqual(['No.', 10]);
    fails = false;
    rows.again();
    await ledger.settle();
    expect([rows.problem(), rows.total()]).toEqual([null, 1]);
  });

  it('forgets what is far away', async () => {
    const ledger = createLedger(60_000);
    const rows = createSheetRows(ledger.connection, QUERY);
    rows.start();
    for (let place = 0; place < 60_000; place += 1000) {
      rows.show({ from: place, to: place + 60, anchor: null });
      await ledger.settle();
    }
    const known = ledger.photos().filter(({ photoId }) => rows.rowOf(photoId) !== undefined).length;
    expect(known).toBeLessThan(6000);
  });

  it('shows what the ledger holds when all is quiet, whatever happened in between', async () => {
    const step = fc.oneof(
      fc.record({ kind: fc.constant('add' as const), at: fc.nat(400) }),
      fc.record({ kind: fc.constant('remove' as const), at: fc.nat(400) }),
      fc.record({ kind: fc.constant('rate' as const), at: fc.nat(400) }),
      fc.record({ kind: fc.constant('tag' as const), at: fc.nat(400) }),
      fc.record({ kind: fc.constant('act' as const), at: fc.nat(400) }),
      fc.record({ kind: fc.constant('show' as const), at: fc.nat(400) }),
      fc.record({ kind: fc.constant('deliver' as const), at: fc.nat(3) }),
      fc.record({ kind: fc.constant('restart' as const), at: fc.constant(0) }),
    );
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 40 }), async (steps) => {
        const ledger = createLedger(300);
        const rows = createSheetRows(ledger.connection, QUERY);
        rows.start();
        let nextId = 1000;
        let shownFrom = 0;
        for (const { kind, at } of steps) {
          const photos = ledger.photos();
          const index = at % Math.max(1, photos.length);
          const rated = photos.map((row, place) => (place === index ? { ...row, rating: at % 6 } : row));
          if (kind === 'add') ledger.change(photos.toSpliced(index, 0, rowOf(nextId++)));
          if (kind === 'remove') ledger.change(photos.toSpliced(index, 1));
          if (kind === 'rate' || kind === 'act') ledger.change(rated);
          if (kind === 'tag') ledger.tag(rated);
          const row = rated[index];
          if (kind === 'act' && row !== undefined) rows.applyRows([row], ledger.asOf());
          if (kind === 'show') rows.show({ from: (shownFrom = at), to: at + 40, anchor: at });
          if (kind === 'deliver') await ledger.deliver(at);
          if (kind === 'restart') ledger.restart();
        }
        await ledger.settle();
        const { from, to } = { from: shownFrom, to: Math.min(shownFrom + 40, rows.total() - 1) };
        expect(rows.total()).toBe(ledger.photos().length);
        if (from <= to) expect(placesOf(rows, from, to)).toEqual(ledger.photos().slice(from, to + 1));
      }),
      { numRuns: 150 },
    );
  });
});
