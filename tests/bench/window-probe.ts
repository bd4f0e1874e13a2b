/**
 * What is measured inside the page: a script that is put before the page's own, so that it sees every message and every
 * frame. It is taken as text, without its types, and so exports nothing but types.
 */

/** A tag: its call, the key by the page's clock, and from there to the answer in the page and to the frame that shows it. */
export interface TagTimes {
  readonly callId: number;
  /** `performance.now()` of the page, in ms. */
  readonly keyAt: number;
  readonly answeredMs: number;
  readonly paintedMs: number;
}

/** How smooth a while was. In ms. */
export interface Smoothness {
  /** Tasks over 50 ms, as the browser counts them. */
  readonly longTasks: readonly number[];
  /** Time between frames. */
  readonly frames: readonly number[];
}

/** The probe as the page has it. */
export interface Probe {
  /** Ms from the start of the navigation until the first photos were painted, and until all pictures in sight were. */
  readonly firstSheet: () => { readonly cellsMs: number | null; readonly picturesMs: number | null };
  readonly beginSmoothness: () => void;
  readonly endSmoothness: () => Smoothness;
  /** Resolves after the next key with what the cell under the cursor took to say `word`. */
  readonly nextTag: (word: string, isThere: boolean) => Promise<TagTimes>;
  /** Resolves with the ms from the next key or click until another sheet is painted. */
  readonly nextSheet: () => Promise<number>;
}

declare global {
  interface Window {
    probe: Probe;
  }
}

const PATIENCE_MS = 20_000;

const longTasks: number[] = [];
new PerformanceObserver((list) => {
  for (const { duration } of list.getEntries()) longTasks.push(duration);
}).observe({ type: 'longtask' });

let frames: number[] | null = null;
let inputAt = Number.NaN;
let answeredAt = Number.NaN;
let cellsMs: number | null = null;
let picturesMs: number | null = null;
let tagId = Number.NaN;
let lastFilter = '';
let otherSheetId = Number.NaN;
/** What was shown when the answer about a sheet with another filter came; null: it has not come. */
let shapeAtAnswer: string | null = null;
for (const kind of ['keydown', 'pointerdown', 'input'])
  window.addEventListener(kind, ({ timeStamp }) => (inputAt = timeStamp), { capture: true });

interface Sent {
  readonly id: number;
  readonly call: string;
  readonly argument: { readonly query?: { readonly filter: unknown } };
}

const NativeSocket = WebSocket;
window.WebSocket = class extends NativeSocket {
  constructor(url: string | URL, protocols?: string | string[]) {
    super(url, protocols);
    this.addEventListener('message', ({ data }: MessageEvent<string>) => {
      const { id } = JSON.parse(data) as { readonly id?: number };
      if (id === tagId) answeredAt = performance.now();
      if (id === otherSheetId) shapeAtAnswer = sheetShape();
    });
  }

  override send(text: string): void {
    const { id, call, argument } = JSON.parse(text) as Partial<Sent>;
    if (call === 'tag' && id !== undefined) tagId = id;
    const filter = JSON.stringify(argument?.query?.filter);
    if (call === 'sheet' && id !== undefined && filter !== lastFilter) {
      lastFilter = filter;
      otherSheetId = id;
    }
    super.send(text);
  }
};

/** The time after the frame that shows what is in the document now. */
const painted = (): Promise<number> =>
  new Promise((resolve) => {
    requestAnimationFrame(() => {
      const { port1, port2 } = new MessageChannel();
      port1.onmessage = () => resolve(performance.now());
      port2.postMessage(null);
    });
  });
const untilTrue = (what: string, check: () => boolean): Promise<void> =>
  new Promise((resolve, reject) => {
    const look = (): void => {
      if (!check()) return;
      observer.disconnect();
      clearTimeout(timer);
      resolve();
    };
    const timer = setTimeout(() => {
      observer.disconnect();
      reject(new Error(`${what} did not come within ${PATIENCE_MS / 1000} s.`));
    }, PATIENCE_MS);
    const observer = new MutationObserver(look);
    observer.observe(document, { subtree: true, childList: true, attributes: true, characterData: true });
    look();
  });
const photoUnderCursor = (): string => {
  const focused = document.activeElement;
  const id = focused?.getAttribute('aria-activedescendant');
  const cell = id === null || id === undefined ? focused : document.getElementById(id);
  return cell?.getAttribute('aria-label') ?? '';
};
/** What the sheet begins with and how long it is: another one after every change of the filter. */
const sheetShape = (): string =>
  [document.querySelector('[role="grid"]')?.getAttribute('aria-rowcount')]
    .concat([...document.querySelectorAll('[role="rowheader"]')].map((heading) => heading.textContent))
    .join('/');

let lastFrame = Number.NaN;
const everyFrame = (now: number): void => {
  if (frames !== null && !Number.isNaN(lastFrame)) frames.push(now - lastFrame);
  lastFrame = now;
  if (picturesMs === null) {
    const cells = [...document.querySelectorAll('[role="gridcell"][id]')];
    if (cells.length > 0) cellsMs ??= now;
    const pictures = cells.flatMap((cell) => [...cell.querySelectorAll('img')]);
    if (cells.length > 3 && pictures.length > 3 && pictures.every((picture) => picture.complete))
      picturesMs = now;
  }
  requestAnimationFrame(everyFrame);
};
requestAnimationFrame(everyFrame);

const probe: Probe = {
  firstSheet: () => ({ cellsMs, picturesMs }),
  beginSmoothness() {
    longTasks.length = 0;
    frames = [];
  },
  endSmoothness() {
    const seen = { longTasks: [...longTasks], frames: frames ?? [] };
    frames = null;
    return seen;
  },
  async nextTag(word, isThere) {
    answeredAt = Number.NaN;
    await untilTrue(`The tag ${word}`, () => photoUnderCursor().includes(word) === isThere);
    const shownAt = await painted();
    // The answer may come after what is painted only when the page does not wait for it.
    while (Number.isNaN(answeredAt)) await painted();
    return {
      callId: tagId,
      keyAt: inputAt,
      answeredMs: answeredAt - inputAt,
      paintedMs: shownAt - inputAt,
    };
  },
  async nextSheet() {
    shapeAtAnswer = null;
    // Photos that come in change the sheet before, too.
    await untilTrue('Another sheet', () => shapeAtAnswer !== null && sheetShape() !== shapeAtAnswer);
    return (await painted()) - inputAt;
  },
};
window.probe = probe;
