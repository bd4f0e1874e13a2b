/** Numbers, sizes, dates and times by the platform's formats. Formatters are made once: making one costs 50 µs. */

/** BCP 47 tag of the window's language; undefined: the platform's. */
const LOCALE = undefined;

const numbers = new Intl.NumberFormat(LOCALE);
const percents = new Intl.NumberFormat(LOCALE, { style: 'percent' });
const plurals = new Intl.PluralRules('en');
const time = new Intl.DateTimeFormat(LOCALE, { timeStyle: 'short' });
const dateAndTime = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'short' });
const moment = new Intl.DateTimeFormat(LOCALE, { dateStyle: 'medium', timeStyle: 'medium' });
const wallTime = new Intl.DateTimeFormat(LOCALE, {
  dateStyle: 'medium',
  timeStyle: 'medium',
  timeZone: 'UTC',
});
const days = new Intl.DateTimeFormat(LOCALE, {
  weekday: 'short',
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  timeZone: 'UTC',
});

const SIZES = ['kilobyte', 'megabyte', 'gigabyte', 'terabyte'].map((unit) => ({
  whole: inUnit(unit, 0),
  parts: inUnit(unit, 1),
}));
const SPANS = { second: inUnit('second', 0), minute: inUnit('minute', 0), hour: inUnit('hour', 0) } as const;

function inUnit(unit: string, maximumFractionDigits: number): Intl.NumberFormat {
  return new Intl.NumberFormat(LOCALE, { style: 'unit', unit, unitDisplay: 'short', maximumFractionDigits });
}

/** `12,345`. */
export function formatCount(count: number): string {
  return numbers.format(count);
}

/** `115%`, as the language writes it. */
export function formatPercent(share: number): string {
  return percents.format(share);
}

/** How a language writes numbers of up to six decimals, and reads them. @param locale BCP 47 */
export function decimalsIn(locale: string | undefined): {
  readonly write: (number: number) => string;
  /** Also with a point or a comma for the fraction, where that is not a thousand's; null: it is no such number. */
  readonly read: (text: string) => number | null;
} {
  const format = new Intl.NumberFormat(locale, { maximumFractionDigits: 6 });
  const parts = format.formatToParts(-1_234_567.8);
  const sign = (type: 'group' | 'decimal'): string => parts.find((part) => part.type === type)?.value ?? '';
  // A space of any width stands for the language's.
  const group = sign('group').trim() === '' ? String.raw`\s` : `[${sign('group')}]`;
  const grouped = new RegExp(String.raw`^[1-9]\d{0,2}(?:${group}\d{3})+(?!\d)`, 'u');
  return {
    write: (number) => format.format(number),
    read(text) {
      const whole = text.trim().replace(grouped, (digits) => digits.replaceAll(/\D/gu, ''));
      const plain = whole.replace(sign('decimal'), '.').replace(',', '.');
      return /^\d+(?:\.\d+)?$/u.test(plain) ? Number(plain) : null;
    },
  };
}

/** Numbers with decimals, as the window's language writes them. */
export const decimals = decimalsIn(LOCALE);

/** `1 photo`, `2,300 photos`: the count with the fitting word. */
export function counted(count: number, one: string, other: string): string {
  return `${formatCount(count)} ${plurals.select(count) === 'one' ? one : other}`;
}

/** `4.1 MB`, `163 bytes`; decimal units, as the system's file manager and the service count. */
export function formatBytes(bytes: number): string {
  // The platform's short form of the smallest unit has no plural in English.
  if (bytes < 1000) return counted(Math.round(bytes), 'byte', 'bytes');
  const power = Math.min(Math.floor(Math.log10(bytes) / 3), SIZES.length);
  const value = bytes / 1000 ** power;
  const size = SIZES[power - 1];
  if (size === undefined) throw new RangeError(`${bytes} is no size.`);
  return (value < 100 ? size.parts : size.whole).format(value);
}

/** `14:02`, with the day in front when it is not today. @param at UTC ms */
export function formatTime(at: number, now: number = Date.now()): string {
  const isToday = new Date(at).toDateString() === new Date(now).toDateString();
  return (isToday ? time : dateAndTime).format(at);
}

/** `4 May 2024, 14:02:33`. @param at UTC ms */
export function formatMoment(at: number): string {
  return moment.format(at);
}

/** The wall clock of a camera: ms read as if they were UTC, see `SheetRow.sortAt`. */
export function formatWallTime(sortAt: number): string {
  return wallTime.format(sortAt);
}

/** The same from one to another: the day once when it is one day, one value when both are the same. */
export function formatWallTimes(first: number, last: number): string {
  return wallTime.formatRange(first, last);
}

/** `Sat 4 May 2024`. @param day `YYYY-MM-DD` */
export function formatDay(day: string): string {
  return days.format(new Date(`${day}T00:00:00Z`));
}

/** `3 min`. @param seconds how long */
export function formatDuration(seconds: number): string {
  if (seconds < 60) return SPANS.second.format(Math.max(1, Math.round(seconds)));
  return seconds < 5400
    ? SPANS.minute.format(Math.round(seconds / 60))
    : SPANS.hour.format(Math.round(seconds / 3600));
}
