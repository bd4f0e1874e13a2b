/** Pixels from a seed. */

/** A random number source (mulberry32), 0 ≤ n < 1, the same for the same seed. */
export function random(seed: number): () => number {
  let state = Math.imul(seed ^ 0x9e3779b9, 0x85ebca6b) | 0;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4_294_967_296;
  };
}

/** RGB pixels of a little landscape: sky, a sun, three ranges of hills; colours and shapes come from the seed. */
export function pixels(width: number, height: number, seed: number): Buffer {
  const next = random(seed);
  const colour = (): [number, number, number] => [next() * 255, next() * 255, next() * 255];
  const [top, low] = [colour(), colour()];
  const sun = { x: next() * width, y: next() * height * 0.5, r: (0.06 + next() * 0.1) * width, c: colour() };
  const hills = [0.5, 0.65, 0.8].map((level) => ({
    at: (level + next() * 0.12) * height,
    swing: (0.03 + next() * 0.09) * height,
    wave: (2 + next() * 9) / width,
    phase: next() * 7,
    colour: colour(),
  }));
  const made = Buffer.allocUnsafe(width * height * 3);
  const crests = hills.map((hill) =>
    Float32Array.from(
      { length: width },
      (_, x) => hill.at + Math.sin(x * hill.wave + hill.phase) * hill.swing,
    ),
  );
  let at = 0;
  for (let y = 0; y < height; y += 1) {
    const share = y / height;
    for (let x = 0; x < width; x += 1) {
      const hill = crests.findLastIndex((crest) => y >= (crest[x] ?? height));
      const inSun = (x - sun.x) ** 2 + (y - sun.y) ** 2 < sun.r ** 2;
      const flat = hills[hill]?.colour ?? (inSun ? sun.c : undefined);
      const grain = ((x * 7 + y * 13) & 7) - 4;
      for (let c = 0; c < 3; c += 1) {
        const value = flat === undefined ? top[c]! * (1 - share) + low[c]! * share : flat[c]!;
        made[at] = Math.max(0, Math.min(255, value + grain));
        at += 1;
      }
    }
  }
  return made;
}
