/** What `merge`, `remove` and `overwrite` do to a JSON tree (the service's page on patching). Pure. */
import type { Json, JsonObject } from './reply.ts';

const isObject = (value: Json | undefined): value is JsonObject =>
  typeof value === 'object' && value !== null && !Array.isArray(value);
const idOf = (value: Json): Json | undefined => (isObject(value) ? value['id'] : undefined);

const mergeLists = (target: Json[], patch: Json[]): Json[] => {
  if (patch.length === 0) return [];
  const merged = [...target];
  for (const entry of patch) {
    const id = idOf(entry);
    const at = id === undefined ? -1 : merged.findIndex((old) => idOf(old) === id);
    const old = merged[at];
    if (isObject(old) && isObject(entry)) merged[at] = mergeTrees(old, entry);
    else merged.push(entry);
  }
  return merged;
};

/** Keys overwrite; lists merge by `id`, other entries are appended; an empty list or object replaces; null is ignored. */
export const mergeTrees = (target: JsonObject, patch: JsonObject): JsonObject => {
  const merged = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    const old = merged[key];
    if (value === null || value === undefined) continue;
    if (Array.isArray(value)) merged[key] = mergeLists(Array.isArray(old) ? old : [], value);
    else if (isObject(value) && Object.keys(value).length > 0)
      merged[key] = mergeTrees(isObject(old) ? old : {}, value);
    else merged[key] = value;
  }
  return merged;
};

/** An entry of a remove patch that holds lists or objects speaks of its inside; otherwise the whole entry goes. */
const speaksOfInside = (entry: JsonObject): boolean =>
  Object.values(entry).some((v) => typeof v === 'object' && v !== null);

const removeFromList = (target: Json[], patch: Json[]): Json[] =>
  target.flatMap((old): Json[] => {
    const match = patch.find((entry) =>
      idOf(entry) === undefined ? entry === old : idOf(entry) === idOf(old),
    );
    if (match === undefined) return [old];
    if (isObject(match) && isObject(old) && speaksOfInside(match))
      return [{ ...removeFromTree(old, match), id: old['id'] }];
    return [];
  });

/** Entries whose ids match leave their lists; `true` deletes a key. */
export const removeFromTree = (target: JsonObject, patch: JsonObject): JsonObject => {
  const left = { ...target };
  for (const [key, value] of Object.entries(patch)) {
    const old = left[key];
    if (value === true) delete left[key];
    else if (Array.isArray(value) && Array.isArray(old)) left[key] = removeFromList(old, value);
    else if (isObject(value) && isObject(old)) left[key] = removeFromTree(old, value);
  }
  return left;
};

/** Replaces the named parts, keeps the others; null is ignored. */
export const overwriteParts = (target: JsonObject, patch: JsonObject): JsonObject => ({
  ...target,
  ...Object.fromEntries(Object.entries(patch).filter(([, value]) => value !== null && value !== undefined)),
});

/** Drops empty lists and objects at the top, as JSON of a proto message does. */
export const withoutEmpty = (data: JsonObject): JsonObject =>
  Object.fromEntries(
    Object.entries(data).filter(
      ([, value]) =>
        value !== null &&
        value !== undefined &&
        !(Array.isArray(value) && value.length === 0) &&
        !(isObject(value) && Object.keys(value).length === 0),
    ),
  );
