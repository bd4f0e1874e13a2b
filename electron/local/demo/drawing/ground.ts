/** Heights kept in a table, because a ray asks for them a hundred times. */

/** A lookup of `height` between the corners, smooth between its `across` × `across` places; beyond them it is asked itself. */
export function ground(
  height: (x: number, z: number) => number,
  [x0, z0, x1, z1]: readonly [number, number, number, number],
  across: number,
): (x: number, z: number) => number {
  const table = new Float32Array((across + 1) * (across + 1));
  const [dx, dz] = [(x1 - x0) / across, (z1 - z0) / across];
  for (let row = 0; row <= across; row += 1)
    for (let column = 0; column <= across; column += 1)
      table[row * (across + 1) + column] = height(x0 + column * dx, z0 + row * dz);
  return (x, z) => {
    const [gx, gz] = [(x - x0) / dx, (z - z0) / dz];
    if (gx < 0 || gz < 0 || gx >= across || gz >= across) return height(x, z);
    const [column, row] = [Math.floor(gx), Math.floor(gz)];
    const [fx, fz] = [gx - column, gz - row];
    const at = row * (across + 1) + column;
    const near = table[at]! + (table[at + 1]! - table[at]!) * fx;
    const next = at + across + 1;
    const far = table[next]! + (table[next + 1]! - table[next]!) * fx;
    return near + (far - near) * fz;
  };
}
