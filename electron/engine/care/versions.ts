import manifest from '../../../package.json' with { type: 'json' };
import { LEDGER_VERSION } from '../ledger/migrate.ts';
import { sqliteVersion } from '../ledger/sqlite-version.ts';
import type { Versions } from '#shared/care.ts';

/** What runs here. Libraries that only workers load are named as they are pinned. */
export function versionsHere(): Versions {
  return {
    tagalong: manifest.version,
    ledger: LEDGER_VERSION,
    node: process.versions.node,
    electron: process.versions['electron'] ?? null,
    sqlite: sqliteVersion(),
    sharp: manifest.dependencies.sharp,
  };
}
