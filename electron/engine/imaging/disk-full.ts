/** The disk with the data folder is full: no photo's fault, so callers turn it into a hold. */
export class DiskFullError extends Error {
  override readonly name = 'DiskFullError';
}

/** The error to throw for a failed write: `DiskFullError` for a full disk or quota, else the error itself. */
export function asWriteError(error: unknown, path: string): unknown {
  const code = error instanceof Error && 'code' in error ? error.code : null;
  return code === 'ENOSPC' || code === 'EDQUOT'
    ? new DiskFullError(
        `The disk is full: ${path} cannot be written. Free some space; it then goes on by itself.`,
        {
          cause: error,
        },
      )
    : error;
}
