import type { UploadContext } from './context.ts';

/** Counts the bytes of one body as they leave, and tells at which point it is. */
export interface Meter {
  readonly onBytes: (bytes: number) => void;
  sentBytes(): number;
  /** Since the first byte. */
  elapsedMs(): number;
}

/** Makes a meter for a batch's body of this size. */
export function createMeter(
  { clock, flight, settings, traffic }: UploadContext,
  batchId: number,
  bodyBytes: number,
): Meter {
  let sent = 0;
  let startedAt: number | null = null;
  return {
    onBytes(bytes) {
      startedAt ??= clock.elapsed();
      const before = sent;
      sent += bytes;
      flight.bytesSent += bytes;
      traffic.left(batchId, bytes);
      if (before < bodyBytes / 2 && sent >= bodyBytes / 2) settings.onStep('half-sent');
      if (sent === bodyBytes) settings.onStep('stored-unanswered');
    },
    sentBytes: () => sent,
    elapsedMs: () => (startedAt === null ? 0 : clock.elapsed() - startedAt),
  };
}
