/**
 * What a host (Electron, plain Node, a test) gives to the engine. The engine looks nothing up for itself: no
 * environment variables, no keychain, no `process.exit`.
 */

/** One worker process, seen from the engine. Messages are plain data. */
export interface WorkerHandle {
  /** Process id, for memory readings and for tests. */
  readonly pid: number;
  post(message: unknown): void;
  onMessage(listener: (message: unknown) => void): void;
  /** Called once, when the process is gone for whatever reason; `reason` is for the log. */
  onExit(listener: (reason: string) => void): void;
  /** Ends the process at once. */
  kill(): void;
}
