/** How fast bytes leave, from counters that are looked at now and then. */

/** What of the past counts. In ms. */
const SPAN_MS = 5000;

/** One look at the counters of a destination. */
export interface RateSample {
  /** Of a clock that never goes back, in ms. */
  readonly at: number;
  /** Bytes that left since the start. */
  readonly bytes: number;
  /** Photos that the service has. */
  readonly photoCount: number;
}

/** What the samples say. */
export interface Rate {
  /** Over the last seconds; 0 when nothing moved. */
  readonly bytesPerSecond: number;
  /** Bytes per photo since the first sample; null before the first photo. */
  readonly bytesPerPhoto: number | null;
}

/** Remembers samples of one destination. */
export function createRate(): { sample(sample: RateSample): Rate } {
  let first: RateSample | null = null;
  let recent: RateSample[] = [];
  return {
    sample(sample) {
      first ??= sample;
      // One that is older stays, as the beginning of the span.
      const inSpan = recent.findIndex(({ at }) => sample.at - at <= SPAN_MS);
      recent = [...recent.slice(Math.max(0, inSpan === -1 ? recent.length - 1 : inSpan - 1)), sample];
      const [oldest = sample] = recent;
      const spanMs = sample.at - oldest.at;
      const photoCount = sample.photoCount - first.photoCount;
      const bytes = sample.bytes - first.bytes;
      return {
        bytesPerSecond: spanMs <= 0 ? 0 : ((sample.bytes - oldest.bytes) * 1000) / spanMs,
        bytesPerPhoto: photoCount > 0 && bytes > 0 ? bytes / photoCount : null,
      };
    },
  };
}
