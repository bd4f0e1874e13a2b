import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import { createSettler, type SettlerOptions } from '../../../electron/engine/ingest/settle.ts';
import type { FileStamp } from '#shared/file-stamp.ts';
import { createFakeClock } from '../../support/fake-clock.ts';

/** A settler over files that are only in the test. */
function setUp(options: Partial<SettlerOptions> = {}) {
  const clock = createFakeClock();
  const files = new Map<string, FileStamp | Error>();
  const told: string[] = [];
  let looks = 0;
  let changes = 0;
  const settler = createSettler({
    clock,
    async lstat(path) {
      looks += 1;
      const found = files.get(path);
      if (found instanceof Error) throw found;
      return found;
    },
    onSettled: (path, stamp) => told.push(`${path} ${stamp.size}`),
    onGone: (path) => told.push(`${path} gone`),
    onUnreadable: (path, error) => told.push(`${path} ${String(error)}`),
    ...options,
  });
  /** Writes `size` bytes now, or with other times. */
  const write = (path: string, size: number, mtimeMs = clock.now(), ctimeMs = clock.now()): FileStamp => {
    const stamp = { size, mtimeMs, ctimeMs, inode: (changes += 1) };
    files.set(path, stamp);
    return stamp;
  };
  return { clock, files, told, settler, write, looks: () => looks };
}

describe('a file that is there already', () => {
  it('passes at once when it is old, without another look', () => {
    const { clock, settler, told, write, looks } = setUp();
    settler.see('a', write('a', 1, clock.now() - 2_000, clock.now() - 2_000));
    expect([told, looks(), settler.heldCount(), clock.timerCount()]).toEqual([['a 1'], 0, 0, 0]);
  });

  it('is held when either time is young: a copier sets mtime back, not ctime', async () => {
    const { clock, settler, told, write } = setUp();
    settler.see('a', write('a', 1, clock.now() - 1e9, clock.now() - 1_999));
    settler.see('b', write('b', 1, clock.now() - 1_999, clock.now() - 1e9));
    expect(told).toEqual([]);
    await clock.advance(2_000);
    expect(told.toSorted()).toEqual(['a 1', 'b 1']);
    expect(clock.timerCount()).toBe(0);
  });

  it('from the future passes when it stands still', async () => {
    const { clock, settler, told, write } = setUp();
    settler.see('a', write('a', 1, clock.now() + 1e9, clock.now() + 1e9));
    await clock.advance(1_900);
    expect(told).toEqual([]);
    await clock.advance(100);
    expect(told).toEqual(['a 1']);
  });
});

describe('a file that is being written', () => {
  it('is held for as long as it grows, and told once with its last stamp', async () => {
    const { clock, settler, told, write } = setUp();
    for (let size = 1; size <= 10; size += 1) {
      write('a', size);
      settler.see('a');
      await clock.advance(1_500);
    }
    expect(told).toEqual([]);
    await clock.advance(2_500);
    expect(told).toEqual(['a 10']);
  });

  it('is held also when no event tells that it grows', async () => {
    const { clock, settler, told, write } = setUp();
    write('a', 1);
    settler.see('a');
    for (let size = 2; size <= 6; size += 1) {
      await clock.advance(1_900);
      write('a', size);
    }
    expect(told).toEqual([]);
    await clock.advance(4_500);
    expect(told).toEqual(['a 6']);
  });

  it('is not let through by a jump of the wall clock', async () => {
    const { clock, settler, told, write } = setUp();
    settler.see('a', write('a', 1, clock.now() + 10_000));
    clock.jump(3_600_000);
    clock.jump(-7_200_000);
    settler.see('a', write('a', 2, clock.now() + 10_000));
    await clock.advance(1_900);
    expect(told).toEqual([]);
    await clock.advance(300);
    expect(told).toEqual(['a 2']);
  });

  it('that was cut off at the last look is held longer', async () => {
    const { clock, settler, told, write } = setUp();
    settler.see('a', write('a', 1, clock.now() - 10_000, clock.now() - 10_000), { quietMs: 30_000 });
    settler.see('a');
    await clock.advance(19_000);
    expect(told).toEqual([]);
    await clock.advance(12_000);
    expect(told).toEqual(['a 1']);
  });
});

describe('coming and going', () => {
  it('gone-then-made is one change', async () => {
    const { clock, files, settler, told, write } = setUp();
    write('a', 1);
    files.delete('a');
    settler.see('a');
    await clock.advance(500);
    settler.see('a', write('a', 2));
    await clock.advance(3_000);
    expect(told).toEqual(['a 2']);
  });

  it('made-then-gone is told as gone once, and is nothing for whoever never knew it', async () => {
    const { clock, files, settler, told, write } = setUp();
    settler.see('a', write('a', 1));
    await clock.advance(500);
    files.delete('a');
    settler.see('a');
    await clock.advance(5_000);
    expect(told).toEqual(['a gone']);
  });

  it('what cannot be looked at is told and dropped', async () => {
    const { clock, files, settler, told } = setUp();
    files.set('a', new Error('EIO'));
    settler.see('a');
    await clock.advance(10);
    expect([told, settler.heldCount(), clock.timerCount()]).toEqual([['a Error: EIO'], 0, 0]);
  });
});

describe('bounds', () => {
  it('thousands of paths share one timer, and more than the limit are refused', async () => {
    const { clock, settler, told, write } = setUp({ pathLimit: 5_000 });
    for (let n = 0; n < 5_000; n += 1) expect(settler.see(`${n}`, write(`${n}`, n))).toBe(true);
    expect([settler.see('more'), settler.see('17'), clock.timerCount()]).toEqual([false, true, 1]);
    await clock.advance(2_500);
    expect([told.length, settler.heldCount(), clock.timerCount()]).toEqual([5_000, 0, 0]);
  });

  it('forgets what it is told to, and calls nothing after a stop', async () => {
    const { clock, settler, told, write } = setUp();
    for (const path of ['x/1', 'x/2', 'y/1']) settler.see(path, write(path, 1));
    settler.forget((path) => path.startsWith('x/'));
    expect(settler.heldCount()).toBe(1);
    await settler.stop();
    expect(settler.see('z')).toBe(false);
    await clock.advance(10_000);
    expect([told, clock.timerCount()]).toEqual([[], 0]);
  });
});

it('whatever happens, a path is told within the quiet time after its last change, as it is', async () => {
  const step = fc.record({
    waitMs: fc.integer({ min: 0, max: 3_000 }),
    act: fc.constantFrom('write', 'write quietly', 'remove', 'see', 'jump'),
  });
  await fc.assert(
    fc.asyncProperty(fc.array(step, { minLength: 1, maxLength: 12 }), async (steps) => {
      const { clock, files, settler, told, write } = setUp();
      let size = 0;
      for (const { waitMs, act } of steps) {
        if (act === 'jump') clock.jump((size % 2 === 0 ? 1 : -1) * 600_000);
        if (act.startsWith('write')) write('a', (size += 1));
        if (act === 'remove') files.delete('a');
        if (act === 'write' || act === 'remove' || act === 'see') settler.see('a');
        await clock.advance(waitMs);
      }
      settler.see('a');
      await clock.advance(4_500);
      const last = files.get('a');
      expect(told.at(-1)).toBe(last === undefined ? 'a gone' : `a ${size}`);
      expect([settler.heldCount(), clock.timerCount()]).toEqual([0, 0]);
    }),
    { numRuns: 60 },
  );
});
