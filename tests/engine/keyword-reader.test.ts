/** Questions about keywords that a thread answers, beside the engine's connection. */
import { expect, test } from 'vitest';
import { createKeywordReader } from '../../electron/engine/edits/keyword-reader.ts';
import { temporaryLedger } from '../ledger/fixture.ts';

test('a thread sees what is committed, leaves the ledger as it is, and tells what is wrong in words', async () => {
  await using made = await temporaryLedger();
  const reader = createKeywordReader(made.path);
  const { ledger } = made;
  ledger.transaction(() => {
    const editId = ledger.editLog.add({ kind: 'keywords', label: 'heron', at: 1 });
    ledger.concepts.ensure('heron', 1);
    ledger.keywords.setRule('Birds|heron', { mode: 'automatic', conceptName: 'heron', editId });
  });
  const file = { text: '\uFEFFBirds\r\n\theron\r\n\tHeron\r\n\t\r\n\tduck\r\n', takes: 'leaves' } as const;
  const changesBefore = ledger.db.prepare('SELECT total_changes()').pluck().get();
  const [mapping, plan, newNames] = await Promise.all([
    reader.ask({ kind: 'mapping' }),
    reader.ask({ kind: 'plan', file }),
    reader.ask({ kind: 'new-names', file }),
  ]);
  expect(mapping.keywords).toEqual([
    { keyword: 'Birds|heron', mode: 'automatic', conceptName: 'heron', hasOwnRule: true, photoCount: 0 },
  ]);
  expect(plan).toMatchObject({
    newNames: ['Heron', 'duck'],
    knownNames: ['heron'],
    near: [{ name: 'Heron', like: 'heron' }],
  });
  expect(newNames).toEqual(['Heron', 'duck']);
  expect(ledger.db.prepare('SELECT total_changes()').pluck().get()).toBe(changesBefore);
  await expect(reader.ask({ kind: 'plan', file: { ...file, text: 'a\0b\0' } })).rejects.toThrow(
    'not written in UTF-8',
  );
  const asked = reader.ask({ kind: 'mapping' });
  const refused = expect(asked).rejects.toThrow('ended before it was done');
  await reader.stop();
  await refused;
});
