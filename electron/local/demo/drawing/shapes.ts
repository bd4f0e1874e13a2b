/** Distances to plain shapes. */

/** Math.hypot, ten times as fast. */
export const span = (x: number, y: number, z = 0): number => Math.sqrt(x * x + y * y + z * z);

export const sphere = (x: number, y: number, z: number, radius: number): number => span(x, y, z) - radius;

export function box(x: number, y: number, z: number, w: number, h: number, d: number, round = 0): number {
  const [a, b, c] = [Math.abs(x) - w + round, Math.abs(y) - h + round, Math.abs(z) - d + round];
  return span(Math.max(a, 0), Math.max(b, 0), Math.max(c, 0)) + Math.min(0, Math.max(a, b, c)) - round;
}

/** An upright cylinder of half-height `h`, centred. */
export function cylinder(x: number, y: number, z: number, radius: number, h: number, round = 0): number {
  const a = span(x, z) - radius + round;
  const b = Math.abs(y) - h + round;
  return span(Math.max(a, 0), Math.max(b, 0)) + Math.min(0, Math.max(a, b)) - round;
}

/** An upright cone frustum from radius `low` at y = 0 to `high` at y = `h`; a bound good enough to march on. */
export function taper(x: number, y: number, z: number, low: number, high: number, h: number): number {
  const t = Math.max(0, Math.min(1, y / h));
  const side = (span(x, z) - (low + (high - low) * t)) / span(1, (low - high) / h);
  return Math.max(side, -y, y - h);
}

export const torus = (x: number, y: number, z: number, ring: number, thick: number): number =>
  span(span(x, z) - ring, y) - thick;

/** A round stick between two places. */
export function stick(
  x: number,
  y: number,
  z: number,
  [ax, ay, az]: readonly [number, number, number],
  [bx, by, bz]: readonly [number, number, number],
  radius: number,
): number {
  const [dx, dy, dz] = [bx - ax, by - ay, bz - az];
  const [px, py, pz] = [x - ax, y - ay, z - az];
  const share = (px * dx + py * dy + pz * dz) / (dx * dx + dy * dy + dz * dz);
  const t = Math.max(0, Math.min(1, share));
  return span(px - dx * t, py - dy * t, pz - dz * t) - radius;
}

/** An ellipsoid; a bound good enough to march on. */
export function ellipsoid(x: number, y: number, z: number, a: number, b: number, c: number): number {
  const k = span(x / a, y / b, z / c);
  const g = span(x / (a * a), y / (b * b), z / (c * c));
  return g === 0 ? -Math.min(a, b, c) : (k * (k - 1)) / g;
}

/** The union of two shapes with a fillet of about `size`. */
export function joined(a: number, b: number, size: number): number {
  const h = Math.max(0, Math.min(1, 0.5 + (0.5 * (b - a)) / size));
  return b + (a - b) * h - size * h * (1 - h);
}
