import manifest from '../../package.json' with { type: 'json' };
import type { ProgramVersions } from '../engine/host.ts';

/** The versions of this program, and of the library that only its workers load, as it is pinned. */
export const PROGRAM: ProgramVersions = { tagalong: manifest.version, sharp: manifest.dependencies.sharp };
