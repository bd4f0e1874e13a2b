/** Waiting tasks: first come, first served within a priority, higher priorities first, urgent ones before all. */
export interface TaskQueue<T> {
  readonly size: number;
  add(task: T, priority: number): void;
  /** Puts a task before everything else. */
  addFirst(task: T): void;
  /** The task whose turn it is; it stays in the queue. */
  first(): T | undefined;
  /** False when the task was not waiting. */
  remove(task: T): boolean;
  /** Empties the queue. */
  takeAll(): T[];
}

export function createTaskQueue<T>(): TaskQueue<T> {
  // Sets keep their order and forget a member in constant time.
  const lines = new Map<number, Set<T>>();
  const lineOf = (priority: number): Set<T> => {
    const line = lines.get(priority) ?? new Set<T>();
    lines.set(priority, line);
    return line;
  };
  const inOrder = (): Set<T>[] =>
    [...lines].toSorted(([left], [right]) => right - left).map(([, line]) => line);
  return {
    get size() {
      return inOrder().reduce((sum, line) => sum + line.size, 0);
    },
    add: (task, priority) => {
      lineOf(priority).add(task);
    },
    addFirst: (task) => {
      lineOf(Number.POSITIVE_INFINITY).add(task);
    },
    first: () => {
      for (const line of inOrder()) {
        for (const task of line) {
          return task;
        }
      }
      return undefined;
    },
    remove: (task) => {
      for (const [priority, line] of lines) {
        if (line.delete(task)) {
          if (line.size === 0) {
            lines.delete(priority);
          }
          return true;
        }
      }
      return false;
    },
    takeAll: () => {
      const all = inOrder().flatMap((line) => [...line]);
      lines.clear();
      return all;
    },
  };
}
