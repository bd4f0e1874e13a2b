/** The calls of the contract, done by the parts. Whatever comes in is parsed, not trusted. */
import type { z } from 'zod';
import { createGlanceCalls, GLANCE_SCHEMAS } from './calls/glance-calls.ts';
import { createIngestCalls, INGEST_SCHEMAS } from './calls/ingest-calls.ts';
import { createSheetCalls, SHEET_SCHEMAS } from './calls/sheet-calls.ts';
import { createTaggingCalls, TAGGING_SCHEMAS } from './calls/tagging-calls.ts';
import type { EngineParts } from './engine-parts.ts';
import type { EngineApi, EngineCall } from '#shared/engine-api.ts';

/** One schema per call. */
export const CALL_SCHEMAS = {
  ...INGEST_SCHEMAS,
  ...SHEET_SCHEMAS,
  ...TAGGING_SCHEMAS,
  ...GLANCE_SCHEMAS,
} as const satisfies Record<EngineCall, z.ZodType>;

/** Makes the calls over a running engine. */
export function createEngineApi(parts: EngineParts): EngineApi {
  return {
    ...createIngestCalls(parts),
    ...createSheetCalls(parts),
    ...createTaggingCalls(parts),
    ...createGlanceCalls(parts),
  };
}
