import fc from 'fast-check';
import { describe, expect, it } from 'vitest';
import type { ConnectionStatus } from '../../../renderer/src/engine/connection.ts';
import { createListeners } from '../../../renderer/src/engine/listeners.ts';
import { createLiveQuery } from '../../../renderer/src/engine/live-query.ts';
import type { ChangedEvent } from '#shared/changes.ts';

/** A line whose answers come when the test says so. */
function createLine() {
  const statuses = createListeners<void>();
  const changed = createListeners<ChangedEvent>();
  let status: ConnectionStatus = { state: 'open', epoch: 1 };
  const asked: { resolve: (value: unknown) => void; reject: (error: Error) => void }[] = [];
  return {
    connection: { status: () => status, onStatus: statuses.add, onChanged: changed.add },
    asked,
    ask: <T>() => new Promise<T>((resolve, reject) => asked.push({ resolve: resolve as never, reject })),
    change: (topic: ChangedEvent['topics'][number], asOf = 0) =>
      changed.tell({ kind: 'changed', topics: [topic], asOf }),
    set(next: ConnectionStatus) {
      status = next;
      statuses.tell();
    },
  };
}

async function settle(): Promise<void> {
  for (let turn = 0; turn < 10; turn += 1) await Promise.resolve();
}

describe('a live query', () => {
  it('asks at the start and after changes that it is about, one question at a time', async () => {
    const line = createLine();
    const query = createLiveQuery(line.connection, { ask: () => line.ask<number>(), topics: ['tags'] });
    expect(line.asked).toHaveLength(1);
    line.change('tags');
    line.change('tags');
    line.change('photos');
    expect(line.asked).toHaveLength(1);
    line.asked[0]?.resolve(1);
    await settle();
    expect({ value: query.answer().value, asked: line.asked.length }).toEqual({ value: 1, asked: 2 });
    line.asked[1]?.resolve(2);
    await settle();
    expect({ value: query.answer().value, asked: line.asked.length }).toEqual({ value: 2, asked: 2 });
  });

  it('keeps the answer while the line is lost, and asks the next engine', async () => {
    const line = createLine();
    const query = createLiveQuery(line.connection, {
      ask: () => line.ask<{ asOf: number }>(),
      topics: ['tags'],
    });
    line.asked[0]?.resolve({ asOf: 900 });
    await settle();
    line.change('tags');
    line.set({ state: 'lost', epoch: 1 });
    line.asked[1]?.reject(new Error('The engine that was asked has ended.'));
    await settle();
    expect(query.answer()).toEqual({ value: { asOf: 900 }, problem: null });
    line.set({ state: 'open', epoch: 2 });
    expect(line.asked).toHaveLength(3);
    // The new engine counts anew.
    line.asked[2]?.resolve({ asOf: 3 });
    await settle();
    expect(query.answer().value).toEqual({ asOf: 3 });
  });

  it('drops an answer of the engine before', async () => {
    const line = createLine();
    const query = createLiveQuery(line.connection, { ask: () => line.ask<string>(), topics: [] });
    line.set({ state: 'lost', epoch: 1 });
    line.set({ state: 'open', epoch: 2 });
    line.asked[0]?.resolve('old');
    await settle();
    expect(query.answer().value).toBeUndefined();
    line.asked[1]?.resolve('new');
    await settle();
    expect(query.answer().value).toBe('new');
  });

  it('shows why a question failed, and forgets it with the next answer', async () => {
    const line = createLine();
    const query = createLiveQuery(line.connection, { ask: () => line.ask<number>(), topics: ['tags'] });
    line.asked[0]?.reject(new Error('no such destination'));
    await settle();
    expect(query.answer().problem?.message).toBe('no such destination');
    line.change('tags');
    line.asked[1]?.resolve(7);
    await settle();
    expect(query.answer()).toEqual({ value: 7, problem: null });
  });

  it('ends at the truth, however changes and answers fall', async () => {
    await fc.assert(
      fc.asyncProperty(
        fc.array(fc.constantFrom('change', 'answer', 'lose'), { maxLength: 40 }),
        async (acts) => {
          const line = createLine();
          let truth = 0;
          let epoch = 1;
          const query = createLiveQuery(line.connection, {
            ask: async () => {
              const asOf = truth;
              await line.ask<void>();
              return { asOf };
            },
            topics: ['tags'],
          });
          for (const act of acts) {
            if (act === 'change') {
              truth += 1;
              line.change('tags', truth);
            } else if (act === 'answer') {
              line.asked.shift()?.resolve(undefined);
            } else {
              line.set({ state: 'lost', epoch });
              epoch += 1;
              line.set({ state: 'open', epoch });
            }
            await settle();
          }
          while (line.asked.length > 0) {
            line.asked.shift()?.resolve(undefined);
            await settle();
          }
          expect(query.answer().value).toEqual({ asOf: truth });
        },
      ),
    );
  });
});
