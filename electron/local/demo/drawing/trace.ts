/**
 * A small ray marcher: a world is a distance function with surfaces, a sun, a sky, mist, and perhaps water. Sharp
 * where it is in focus, soft where it is not.
 */
import { chance } from './noise.ts';
import { add, blend, cross, dot, scale, sub, times, unit } from './vector.ts';
import type { Vec } from './vector.ts';

/** What a surface does with light. */
export interface Surface {
  readonly albedo: Vec;
  /** Strength of the highlight, 0 (default) to 1, and how tight it is (default 30). */
  readonly shine?: number;
  readonly gloss?: number;
  /** Light of its own. */
  readonly glow?: Vec;
  /** Share of light that comes through from behind, as through leaves or sails. */
  readonly through?: number;
}

export interface Water {
  readonly level: number;
  /** Slope of the surface at a place; `away` is the distance from the camera, for fading fine ripples out. */
  readonly slope: (x: number, z: number, away: number) => readonly [number, number];
  readonly deep: Vec;
  /** Foam, 0 to 1. */
  readonly foam?: (x: number, z: number, away: number) => number;
}

export interface World {
  /** How far to look. */
  readonly far: number;
  /** Nothing is above this height. */
  readonly ceiling?: number;
  /** Steps before a ray gives up. Default 160. */
  readonly steps?: number;
  /** Distance to the nearest surface, or less. */
  readonly distance: (x: number, y: number, z: number) => number;
  /** The same with fine relief, for the light on it. */
  readonly relief?: (x: number, y: number, z: number) => number;
  readonly surface: (at: Vec, normal: Vec, away: number) => Surface;
  readonly sun: { readonly towards: Vec; readonly light: Vec; readonly softness: number };
  /** Light from above and from below. */
  readonly ambient: readonly [Vec, Vec];
  /** Reach of the ambient shadow; 0 leaves it out. */
  readonly nook?: number;
  /** How far above the surface shadow rays start. Default 0.001, and more far away. */
  readonly bias?: number;
  readonly sky: (towards: Vec) => Vec;
  readonly mist?: (light: Vec, from: Vec, towards: Vec, away: number) => Vec;
  readonly water?: Water;
  readonly lamps?: readonly { readonly at: Vec; readonly light: Vec }[];
}

export interface Camera {
  readonly eye: Vec;
  readonly target: Vec;
  /** Height of the picture over distance: 1 is wide, 0.3 a telephoto lens. */
  readonly field: number;
  /** Radius of the lens and distance in focus. */
  readonly lens?: number;
  readonly focus?: number;
  /** Radians. */
  readonly roll?: number;
}

function march(world: World, from: Vec, towards: Vec, far: number): number {
  const { distance, ceiling = Infinity, steps = 160 } = world;
  let away = 0.001;
  for (let step = 0; step < steps; step += 1) {
    const y = from[1] + towards[1] * away;
    if (y > ceiling && towards[1] >= 0) return far;
    const gap = distance(from[0] + towards[0] * away, y, from[2] + towards[2] * away);
    if (gap < 0.0005 * away + 0.00005) return away;
    away += gap;
    if (away > far) return far;
  }
  return away;
}

function shade(world: World, from: Vec, far: number): number {
  const { towards, softness } = world.sun;
  let open = 1;
  let away = 0.004 + far * 0.00001;
  for (let step = 0; step < 60; step += 1) {
    const y = from[1] + towards[1] * away;
    if (y > (world.ceiling ?? Infinity)) break;
    const gap = world.distance(from[0] + towards[0] * away, y, from[2] + towards[2] * away);
    open = Math.min(open, 0.5 + (0.5 * gap) / (softness * away));
    if (open <= 0) return 0;
    away += Math.max(0.003, gap, away * 0.01);
    if (away > far * 0.4) break;
  }
  return open * open * (3 - 2 * open);
}

function facing(world: World, at: Vec, away: number): Vec {
  const relief = world.relief ?? world.distance;
  const e = 0.0006 * away + 0.00004;
  const here = (x: number, y: number, z: number): number =>
    relief(at[0] + x * e, at[1] + y * e, at[2] + z * e);
  const a = here(1, -1, -1);
  const b = here(-1, -1, 1);
  const c = here(-1, 1, -1);
  const d = here(1, 1, 1);
  return unit([a - b - c + d, -a - b + c + d, -a + b - c + d]);
}

function nookShade(world: World, at: Vec, normal: Vec): number {
  const reach = world.nook ?? 0;
  if (reach === 0) return 1;
  let hidden = 0;
  for (let step = 1; step <= 4; step += 1) {
    const out = (reach * step) / 4;
    const gap = world.distance(at[0] + normal[0] * out, at[1] + normal[1] * out, at[2] + normal[2] * out);
    hidden += Math.max(0, out - gap) / (reach * step);
  }
  return Math.max(0.05, 1 - hidden * 1.1);
}

function lit(world: World, at: Vec, towards: Vec, away: number): Vec {
  const normal = facing(world, at, away);
  const surface = world.surface(at, normal, away);
  const { sun } = world;
  const facingSun = dot(normal, sun.towards);
  const raised = add(at, scale(normal, (world.bias ?? 0.001) + away * 0.0015));
  const through = surface.through ?? 0;
  const reached = facingSun > 0 || through > 0 ? shade(world, raised, world.far) : 0;
  const nook = nookShade(world, at, normal);
  const direct = Math.max(0, facingSun) * (1 - through) + through * (0.5 + 0.5 * Math.abs(facingSun));
  let light = scale(sun.light, direct * reached);
  light = add(light, scale(blend(world.ambient[1], world.ambient[0], 0.5 + 0.5 * normal[1]), nook));
  const shine = surface.shine ?? 0;
  let highlight =
    shine === 0 ? 0 : specular(normal, sun.towards, towards, surface.gloss ?? 30) * shine * reached;
  let glint: Vec = scale(sun.light, highlight);
  for (const lamp of world.lamps ?? []) {
    const way = sub(lamp.at, at);
    const square = dot(way, way);
    const direction = scale(way, 1 / Math.sqrt(square));
    const falls = (Math.max(0, dot(normal, direction) * 0.8 + 0.2) * nook) / (square + 0.02);
    light = add(light, scale(lamp.light, falls));
    if (shine > 0) {
      highlight = (specular(normal, direction, towards, surface.gloss ?? 30) * shine) / (square + 0.02);
      glint = add(glint, scale(lamp.light, highlight));
    }
  }
  if (shine > 0) {
    const edge = (1 + dot(normal, towards)) ** 5 * shine;
    const bounced = sub(towards, scale(normal, 2 * dot(normal, towards)));
    glint = add(glint, scale(world.sky(bounced), (edge * 0.8 + shine * 0.04) * nook));
  }
  return add(add(times(surface.albedo, light), glint), surface.glow ?? [0, 0, 0]);
}

function specular(normal: Vec, light: Vec, view: Vec, gloss: number): number {
  const half = unit(sub(light, view));
  return Math.max(0, dot(normal, half)) ** gloss * ((gloss + 8) / 25);
}

/** Light that comes to `from` out of `towards`. */
export function trace(world: World, from: Vec, towards: Vec, depth = 0): Vec {
  const { water } = world;
  const toWater =
    water && towards[1] < -1e-5 && depth === 0 ? (water.level - from[1]) / towards[1] : Infinity;
  const away = march(world, from, towards, Math.min(world.far, toWater));
  const misted = (light: Vec, distance: number): Vec =>
    world.mist ? world.mist(light, from, towards, distance) : light;
  if (away < toWater && away < world.far)
    return misted(lit(world, add(from, scale(towards, away)), towards, away), away);
  // Air is thin above: only the sky near the horizon is misted.
  if (!water || toWater > world.far)
    return misted(world.sky(towards), world.far * Math.exp(-14 * Math.max(0, towards[1])));
  const at = add(from, scale(towards, toWater));
  const [sx, sz] = water.slope(at[0], at[2], toWater);
  const normal = unit([-sx, 1, -sz]);
  let bounced = sub(towards, scale(normal, 2 * dot(normal, towards)));
  if (bounced[1] < 0.01) bounced = unit([bounced[0], 0.01 + Math.abs(bounced[1]) * 0.3, bounced[2]]);
  const mirror = 0.02 + 0.98 * (1 - Math.max(0, -dot(normal, towards))) ** 5;
  const seen = trace(world, add(at, [0, 0.0005, 0]), bounced, depth + 1);
  const glint = scale(world.sun.light, specular(normal, world.sun.towards, towards, 400) * 0.25);
  let light = add(blend(water.deep, seen, mirror), glint);
  const foam = water.foam?.(at[0], at[2], toWater) ?? 0;
  if (foam > 0) {
    const white = add(
      scale(world.ambient[0], 0.8),
      scale(world.sun.light, 0.5 * Math.max(0.1, world.sun.towards[1])),
    );
    light = blend(light, scale(white, 0.85), foam);
  }
  return misted(light, toWater);
}

/** Light by pixel, row by row, three numbers each. */
export interface Negative {
  readonly width: number;
  readonly height: number;
  readonly light: Float32Array;
}

/** Exposes a picture: `samples` rays per pixel. `look` gives light for a place: x right and y up, -1 to 1 in height. */
export function expose(
  width: number,
  height: number,
  samples: number,
  look: (x: number, y: number, sample: number) => Vec,
): Negative {
  const light = new Float32Array(width * height * 3);
  for (let row = 0; row < height; row += 1)
    for (let column = 0; column < width; column += 1) {
      const at = (row * width + column) * 3;
      for (let sample = 0; sample < samples; sample += 1) {
        const dx = (sample * 0.754_877 + 0.5) % 1;
        const dy = (sample * 0.569_84 + 0.5) % 1;
        const seen = look((2 * (column + dx) - width) / height, 1 - (2 * (row + dy)) / height, sample);
        // One burnt-out ray may not make a white dot.
        for (let c = 0; c < 3; c += 1) light[at + c]! += Math.min(30, seen[c]!) / samples;
      }
    }
  return { width, height, light };
}

/** A photo of `world` with `camera`. */
export function photograph(
  world: World,
  camera: Camera,
  width: number,
  height: number,
  samples: number,
): Negative {
  const ahead = unit(sub(camera.target, camera.eye));
  const level = unit(cross([0, 1, 0], ahead));
  const upright = cross(ahead, level);
  const [cos, sin] = [Math.cos(camera.roll ?? 0), Math.sin(camera.roll ?? 0)];
  const right = add(scale(level, cos), scale(upright, sin));
  const up = add(scale(upright, cos), scale(level, -sin));
  const { lens = 0, focus = 1, field, eye } = camera;
  return expose(width, height, samples, (x, y, sample) => {
    const towards = add(ahead, add(scale(right, (x * field) / 2), scale(up, (y * field) / 2)));
    if (lens === 0) return trace(world, eye, unit(towards));
    const radius = lens * Math.sqrt((sample + 0.5) / samples);
    const turn = sample * 2.399_963 + chance(Math.round(x * 9000), Math.round(y * 9000)) * 6.283;
    const shift = add(scale(right, Math.cos(turn) * radius), scale(up, Math.sin(turn) * radius));
    return trace(world, add(eye, shift), unit(sub(scale(towards, focus), shift)));
  });
}
