import type { EngineParts } from '../engine-parts.ts';

/** Calls whose parts are being built: they say so. */
export function notYet<Calls>(parts: EngineParts, schemas: object): Calls {
  return Object.fromEntries(
    Object.keys(schemas).map((call) => [
      call,
      () => {
        parts.host.log.warn('call-not-built', { call });
        return Promise.reject(new Error(`The call ${call} is not built yet.`));
      },
    ]),
  ) as Calls;
}
