import { blurred } from '../drawing/develop.ts';
import { chance, fbm2, noise2, smooth } from '../drawing/noise.ts';
import type { Scene } from '../drawing/scene.ts';
import { span } from '../drawing/shapes.ts';
import { expose } from '../drawing/trace.ts';
import type { Negative } from '../drawing/trace.ts';
import { add, blend, scale } from '../drawing/vector.ts';
import type { Vec } from '../drawing/vector.ts';
import { addSpots, at } from './spots.ts';
import type { Spot } from './spots.ts';

/** A walker under an umbrella: less than 0 inside; the foot is at 0, 0 and the height about 1. */
function walker(x: number, y: number): number {
  const canopy = Math.max(
    span(x * 0.78, (y - 0.86) * 1.25) - 0.27,
    0.86 - y - 0.02 * Math.abs(Math.sin(x * 18)),
  );
  const tip = Math.max(Math.abs(x) - 0.004, Math.abs(y - 1.09) - 0.03);
  const pole = Math.max(Math.abs(x - 0.035) - 0.005, Math.abs(y - 0.75) - 0.2);
  const head = span(x + 0.015, (y - 0.8) * 0.85) - 0.052;
  const coat = Math.max(
    Math.abs(x + 0.02) - (0.085 + 0.06 * smooth(0.72, 0.3, y)) * smooth(0.78, 0.68, y + 0.2 * Math.abs(x)),
    Math.abs(y - 0.52) - 0.24,
  );
  const arm = span(x - 0.06, (y - 0.62) * 0.5) - 0.045;
  const leg = (lean: number): number =>
    Math.max(
      Math.abs(x + 0.02 - lean * (0.32 - y)) - 0.026 - 0.03 * smooth(0.05, 0, y),
      Math.abs(y - 0.15) - 0.17,
    );
  return Math.min(canopy, tip, pole, head, coat, arm, leg(0.34), leg(-0.3));
}

export const rainyStreet: Scene = {
  shoot: (width, height, samples, frame) => {
    const horizon = 0.02;
    const walls = expose(width, height, 1, (x, y) => {
      const depth = Math.min(1, Math.abs(x) / 0.72);
      const front = smooth(0.1, 0.7, depth + fbm2(x * 3, 1, 2) * 0.1);
      const dusk = blend([0.075, 0.09, 0.17], [0.2, 0.13, 0.14], smooth(0.9, 0, y));
      const storey = 0.6 + 0.4 * noise2(x * 5, y * 7);
      const shop =
        smooth(0.42, 0.08, y) * smooth(0.12, 0.4, depth) * (0.5 + 0.7 * Math.max(0, noise2(x * 4.5, 4)));
      return add(
        blend(dusk, scale([0.03, 0.03, 0.045], storey), front),
        scale([1.2, 0.66, 0.28], shop * 0.55),
      );
    });
    const tints: readonly Vec[] = [
      [1.5, 0.8, 0.3],
      [1.5, 1.15, 0.7],
      [1.5, 0.16, 0.1],
      [0.2, 1.05, 0.75],
      [0.3, 0.55, 1.5],
      [1.4, 0.35, 0.75],
      [1.5, 0.6, 0.15],
    ];
    const spots = Array.from({ length: 120 }, (_, n): Spot => {
      const near = chance(n, 1);
      const side = chance(n, 2) > 0.5 ? 1 : -1;
      const x = side * (0.05 + 0.75 * near ** 0.8 * (0.5 + 0.5 * chance(n, 3)));
      const y = horizon + 0.05 + chance(n, 4) ** 1.8 * (0.25 + 0.6 * near);
      return {
        x,
        y,
        size: 0.024 + 0.075 * near * (0.5 + 0.5 * chance(n, 5)),
        light: scale(tints[Math.floor(chance(n, 6) * 7)]!, 0.15 + 0.65 * chance(n, 7) ** 2),
      };
    });
    const cars = [
      [-0.16, 0.045],
      [-0.045, 0.045],
      [0.12, 0.03],
      [0.19, 0.03],
    ].map(([x, y], n): Spot => ({
      x: x! + frame * 0.02,
      y: horizon + y!,
      size: n < 2 ? 0.062 : 0.045,
      light: n < 2 ? [2.4, 2.2, 1.8] : [2, 0.14, 0.08],
    }));
    addSpots(walls, [...spots, ...cars]);
    const soft: Negative = { width, height, light: blurred(walls.light, width, height, height * 0.006) };
    const person = (x: number, y: number): number =>
      walker((x - 0.2 - frame * 0.03) / 0.82, (y + 0.5) / 0.82);
    const made = expose(width, height, samples, (x, y) => {
      const inside = smooth(0.006, -0.006, person(x, y));
      if (inside >= 1) {
        const [px, py] = [x - 0.2, y + 0.5];
        const sheen = smooth(0.55, 0.9, py) * 0.05 + 0.02 * smooth(-0.1, 0.15, px);
        return add([0.008, 0.008, 0.012], scale(at(soft, x * 1.3, Math.abs(y) * 0.9 + 0.2), sheen));
      }
      const streak = smooth(0.72, 0.8, noise2(x * 95 + y * 9, y * 3.2 + x * 2)) * 0.06;
      if (y > horizon)
        return blend(add(at(soft, x, y), [streak, streak, streak * 1.1]), [0.008, 0.008, 0.012], inside);
      // Wet ground: the street upside down, drawn long and torn by the asphalt.
      const away = 1 / (horizon - y + 0.06);
      const [gx, gz] = [x * away, away];
      const rough = fbm2(gx * 7, gz * 16, 4);
      const puddle = smooth(-0.15, 0.2, fbm2(gx * 0.9 + 3, gz * 1.3, 4));
      const tear = 0.035 + 0.1 * (1 - puddle);
      let seen: Vec = [0, 0, 0];
      for (let tap = 0; tap < 7; tap += 1) {
        const along = (tap / 6 - 0.5) * (0.1 + 0.3 * (1 - puddle));
        const [mx, my] = [x + rough * tear, 2 * horizon - y + rough * tear * 1.6 + along];
        const hidden = smooth(
          0.01,
          -0.01,
          walker(
            (x + rough * tear * 0.5 - 0.2 - frame * 0.03) / 0.82,
            (-0.98 - y + along * 0.3) / 0.82 + 0.0,
          ),
        );
        const mirrored = my < horizon ? at(soft, mx, 2 * horizon - my) : at(soft, mx, my);
        seen = add(seen, scale(mirrored, (1 - hidden * 0.85) / 7));
      }
      const grit = smooth(0.35, 0.8, noise2(gx * 46, gz * 90)) * (1 - puddle) * 0.35;
      const ground = add(
        scale(seen, 0.3 + 0.5 * puddle + grit),
        scale([0.02, 0.02, 0.026], 1 + noise2(gx * 30, gz * 60)),
      );
      return blend(ground, [0.008, 0.008, 0.012], inside);
    });
    return made;
  },
  development: { exposure: 1.15, contrast: 1.25, saturation: 1.0, bloom: 0.22, vignette: 0.4, grain: 3.4 },
};
