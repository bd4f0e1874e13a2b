import { damaged } from './database.ts';
import { isDamaged, type LedgerDamagedError } from './open-errors.ts';

/** Turns SQLite's words about a damaged file into {@link LedgerDamagedError}, wherever they come up. */
export interface DamageGuard {
  /**
   * Runs `act`.
   *
   * @throws LedgerDamagedError when the file turns out to be damaged; the copy is put aside once
   */
  run<T>(act: () => T): T;
  /** The same functions, each run by {@link DamageGuard.run}. */
  table<T extends object>(table: T): T;
  /** The same tables, each as {@link DamageGuard.table} makes it. */
  tables<T extends Readonly<Record<string, object>>>(tables: T): T;
}

/** Makes the guard of one open ledger. */
export function createDamageGuard(path: string): DamageGuard {
  let found: LedgerDamagedError | undefined;

  function run<T>(act: () => T): T {
    try {
      return act();
    } catch (error) {
      if (!isDamaged(error)) throw error;
      found ??= damaged(path, error);
      throw found;
    }
  }

  function guardTable<T extends object>(table: T): T {
    const guarded = Object.entries(table).map(([name, value]: [string, unknown]) => [
      name,
      typeof value === 'function'
        ? (...args: unknown[]): unknown => run(() => Reflect.apply(value, table, args) as unknown)
        : value,
    ]);
    return Object.fromEntries(guarded) as T;
  }

  return {
    run,
    table: guardTable,
    tables: (tables) =>
      Object.fromEntries(
        Object.entries(tables).map(([name, table]) => [name, guardTable(table)]),
      ) as typeof tables,
  };
}
