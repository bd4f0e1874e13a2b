import type { ProgramVersions } from '../host.ts';
import { LEDGER_VERSION } from '../ledger/migrate.ts';
import { sqliteVersion } from '../ledger/sqlite-version.ts';
import type { Versions } from '#shared/care.ts';

/** What runs here. */
export function versionsHere(program: ProgramVersions): Versions {
  return {
    ...program,
    ledger: LEDGER_VERSION,
    node: process.versions.node,
    electron: process.versions['electron'] ?? null,
    sqlite: sqliteVersion(),
  };
}
