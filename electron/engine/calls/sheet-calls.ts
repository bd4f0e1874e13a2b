/** Calls about sheets and photos. */
import { z } from 'zod';
import type { EngineParts } from '../engine-parts.ts';
import { photoFacts } from '../sheets/photo-facts.ts';
import { photosOfFiles } from '../sheets/photos-of-files.ts';
import { PHOTO_STATES } from '#shared/photo.ts';
import { SHEET_FACETS, type SheetCalls, type SheetQuery } from '#shared/sheet.ts';
import type { Remote } from '#shared/calls.ts';

const photoId = z.int();
/** A sheet has photos of odd years too, when a file's time is odd. */
const day = z.iso.date().or(z.string().regex(/^[+-]\d{6}-\d{2}-\d{2}$/u));
/** Answers have to stay small: more rows are asked in several calls. */
const ROW_LIMIT = 500;
/** Somebody is waiting for it: before everything that ingest has queued. */
const EXPOSURE_PRIORITY = 10;

/** A sheet that is asked for. */
export const SHEET_QUERY = z.strictObject({
  destinationId: z.int(),
  filter: z.strictObject({
    states: z.array(z.enum(PHOTO_STATES)).optional(),
    folder: z.strictObject({ folderId: z.int(), directory: z.string() }).optional(),
    concepts: z
      .array(z.strictObject({ conceptId: z.int(), value: z.literal([0, 1]).nullable() }))
      .max(50)
      .optional(),
    untagged: z.boolean().optional(),
    capturedFrom: day.optional(),
    capturedTo: day.optional(),
    cameras: z.array(z.string()).optional(),
    ratings: z.array(z.int().min(-1).max(5).nullable()).optional(),
    text: z.string().max(500).optional(),
  }),
  groupBy: z.enum(['day', 'folder']),
  descending: z.boolean(),
});
const query = SHEET_QUERY;
const place = z.int().min(0);

/** One schema per call; each has to fit the contract's type. */
export const SHEET_SCHEMAS = {
  sheet: z.strictObject({ query }),
  sheetRows: z.strictObject({ query, from: place, count: z.int().min(0).max(ROW_LIMIT) }),
  sheetIds: z.strictObject({ query, from: place, to: place }),
  sheetPlace: z.strictObject({ query, photoId }),
  facets: z.strictObject({ query, facet: z.enum(SHEET_FACETS) }),
  rowsOf: z.strictObject({ destinationId: z.int(), photoIds: z.array(photoId).max(ROW_LIMIT) }),
  photosOfFiles: z.strictObject({ paths: z.array(z.string()).max(1000) }),
  photo: z.strictObject({ destinationId: z.int(), photoId }),
  exposure: z.strictObject({ photoId }),
} as const satisfies Record<keyof SheetCalls, z.ZodType>;

/** Makes these calls over a running engine. */
export function createSheetCalls(parts: EngineParts): Remote<SheetCalls> {
  const { ledger, pool, sheets, changes } = parts;
  return {
    sheet: async (argument) => sheets.outline(queryOf(SHEET_SCHEMAS.sheet.parse(argument).query)),
    sheetRows: async (argument) => {
      const { query, from, count } = SHEET_SCHEMAS.sheetRows.parse(argument);
      return sheets.rows(queryOf(query), from, count);
    },
    sheetIds: async (argument) => {
      const { query, from, to } = SHEET_SCHEMAS.sheetIds.parse(argument);
      return sheets.idsBetween(queryOf(query), from, to);
    },
    sheetPlace: async (argument) => {
      const { query, photoId } = SHEET_SCHEMAS.sheetPlace.parse(argument);
      return sheets.placeOf(queryOf(query), photoId);
    },
    facets: async (argument) => {
      const { query, facet } = SHEET_SCHEMAS.facets.parse(argument);
      return sheets.facet(queryOf(query), facet);
    },
    rowsOf: async (argument) => {
      const { destinationId, photoIds } = SHEET_SCHEMAS.rowsOf.parse(argument);
      return { rows: ledger.sheetRows.of(destinationId, photoIds), asOf: changes.asOf() };
    },
    photosOfFiles: async (argument) =>
      photosOfFiles(ledger, SHEET_SCHEMAS.photosOfFiles.parse(argument).paths),
    photo: async (argument) => {
      const which = SHEET_SCHEMAS.photo.parse(argument);
      const facts = photoFacts(ledger, which);
      if (facts === null) throw new Error(`There is no photo ${which.photoId} at this account.`);
      return { ...facts, asOf: changes.asOf() };
    },
    exposure: async (argument) => {
      const { photoId } = SHEET_SCHEMAS.exposure.parse(argument);
      const path = ledger.sheetRows.chosenPath(photoId);
      if (path === null) return { lines: [] };
      return pool.run({ kind: 'exposure', path }, { priority: EXPOSURE_PRIORITY });
    },
  };
}

/** The parsed query with the parts that are given. */
function queryOf(query: z.infer<typeof SHEET_QUERY>): SheetQuery {
  const given = Object.fromEntries(Object.entries(query.filter).filter(([, part]) => part !== undefined));
  return { ...query, filter: given };
}
