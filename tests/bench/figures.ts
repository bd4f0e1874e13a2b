/**
 * What every benchmark shares: run something often enough, throw the warm-ups away, and print the figure beside its aim
 * and beside the limit that was measured in the same run. Figures are printed, never asserted.
 */

/** How often something is run. */
export interface Repeats {
  /** Runs that are thrown away. Default 3. */
  readonly warmups?: number;
  /** Runs that count. Default 20. */
  readonly runs?: number;
}

/** One line of the result. */
export interface Figure {
  readonly name: string;
  readonly value: number;
  /** `ms`, `s`, `MB`, `MB/s`, `×` … Default `ms`. */
  readonly unit?: string;
  /** The design's aim, in the figure's unit; null where there is none. */
  readonly aim?: number | null;
  /** Whether the aim is the most (default) or the least that is wanted. */
  readonly wants?: 'most' | 'least';
  /** What the bare machine or library does in the same run, in the figure's unit. */
  readonly limit?: { readonly name: string; readonly value: number } | null;
  /** The runs that the value is the median of; the least and the greatest are shown as the noise. */
  readonly samples?: readonly number[];
}

/** Runs `act` again and again; the time of each run that counts, in ms. `act` is told how often it ran before. */
export async function timesOf(act: (run: number) => unknown, repeats: Repeats = {}): Promise<number[]> {
  const { warmups = 3, runs = 20 } = repeats;
  const times: number[] = [];
  for (let run = 0; run < warmups + runs; run += 1) {
    const start = performance.now();
    const result = act(run);
    if (result instanceof Promise) await result;
    if (run >= warmups) times.push(performance.now() - start);
  }
  return times;
}

/** The value below which `share` (0–1) of the samples lie: the nearest rank. NaN without samples. */
export function quantile(samples: readonly number[], share: number): number {
  const sorted = samples.toSorted((a, b) => a - b);
  return sorted[Math.max(0, Math.ceil(share * sorted.length) - 1)] ?? Number.NaN;
}

/** The middle one of the samples. */
export function median(samples: readonly number[]): number {
  return quantile(samples, 0.5);
}

/** Three digits that matter, without exponents. */
export function rounded(value: number): string {
  if (!Number.isFinite(value)) return String(value);
  const size = Math.abs(value);
  const digits = size >= 100 ? 0 : size >= 10 ? 1 : size >= 1 ? 2 : 3;
  return value.toFixed(digits);
}

function judged({ value, unit = 'ms', aim = null, wants = 'most' }: Figure): string {
  if (aim === null) return '';
  const isMet = wants === 'most' ? value <= aim : value >= aim;
  return `${wants === 'most' ? '≤' : '≥'} ${rounded(aim)} ${unit} ${isMet ? 'met' : 'MISSED'}`;
}

function beside({ value, unit = 'ms', limit = null }: Figure): string {
  if (limit === null) return '';
  const times = limit.value === 0 ? '' : ` (${rounded(value / limit.value)}×)`;
  return `${limit.name}: ${rounded(limit.value)} ${unit}${times}`;
}

function spread({ samples = [] }: Figure): string {
  return samples.length < 2 ? '' : ` (${rounded(Math.min(...samples))}–${rounded(Math.max(...samples))})`;
}

/** Prints figures as a table: name, value, aim, limit. */
export function printFigures(title: string, figures: readonly Figure[]): void {
  const rows = [
    ['figure', 'measured', 'aim', 'limit in the same run'],
    ...figures.map((figure) => [
      figure.name,
      `${rounded(figure.value)} ${figure.unit ?? 'ms'}${spread(figure)}`,
      judged(figure),
      beside(figure),
    ]),
  ];
  const widths = [0, 1, 2].map((column) => Math.max(...rows.map((row) => row[column]?.length ?? 0)));
  const lines = rows.map((row) =>
    row
      .map((cell, column) => cell.padEnd(widths[column] ?? 0))
      .join('  ')
      .trimEnd(),
  );
  process.stdout.write(`\n${title}\n${lines.map((line) => `  ${line}\n`).join('')}`);
}
