/** The calls of the contract, done by the parts. Whatever comes in is parsed, not trusted: each file has its schemas. */
import { createFailureCalls } from './calls/failure-calls.ts';
import { createCareCalls } from './calls/care-calls.ts';
import { createDesktopCalls } from './calls/desktop-calls.ts';
import { createFolderCalls } from './calls/folder-calls.ts';
import { createGlanceCalls } from './calls/glance-calls.ts';
import { createIngestCalls } from './calls/ingest-calls.ts';
import { createQueueCalls } from './calls/queue-calls.ts';
import { createSendingCalls } from './calls/sending-calls.ts';
import { createSheetCalls } from './calls/sheet-calls.ts';
import { createTaggingCalls } from './calls/tagging-calls.ts';
import type { EngineParts } from './engine-parts.ts';
import { sayingNoHome } from './without-home.ts';
import type { EngineApi } from '#shared/engine-api.ts';

/** Makes the calls over a running engine. */
export function createEngineApi(parts: EngineParts): EngineApi {
  return sayingNoHome({
    ...createIngestCalls(parts),
    ...createSheetCalls(parts),
    ...createTaggingCalls(parts),
    ...createGlanceCalls(parts),
    ...createFailureCalls(parts),
    ...createCareCalls(parts),
    ...createDesktopCalls(parts),
    ...createQueueCalls(parts),
    ...createSendingCalls(parts),
    ...createFolderCalls(parts),
  });
}
