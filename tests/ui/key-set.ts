/** Key sets for tests whose matter is not how a set is made. */
import type { Studio } from '../support/window.ts';

/** Makes a key set of these keys and concepts, and the one at work. */
export async function useKeySet(
  studio: Studio,
  keys: Readonly<Record<string, string>>,
  name = 'Test',
): Promise<void> {
  const { line } = studio.host();
  const bindings = [];
  for (const [key, concept] of Object.entries(keys)) {
    const { exact } = await line.concepts({ text: concept, limit: 1 });
    const { conceptId } = exact ?? (await line.createConcept({ name: concept }));
    bindings.push({ key, conceptId, name: concept });
  }
  await line.saveKeySets({ sets: [{ id: 'test', name, bindings }], activeId: 'test', label: 'Test' });
}
