/** A folder on the way to another. */
export interface Crumb {
  readonly name: string;
  readonly path: string;
}

/**
 * The folders from `top` to `path`, both included. Both are absolute, of one system; `top` is called by its last name.
 * A path that is not in `top` is its own only crumb.
 */
export function pathCrumbs(top: string, path: string): readonly Crumb[] {
  const separator = separatorOf(path);
  const base = top.endsWith(separator) ? top.slice(0, -1) : top;
  if (path !== top && !path.startsWith(base + separator)) return [{ name: path, path }];
  const crumbs: Crumb[] = [{ name: base.split(separator).at(-1) || top, path: top }];
  let reached = base;
  for (const name of path.slice(base.length).split(separator)) {
    if (name === '') continue;
    reached += separator + name;
    crumbs.push({ name, path: reached });
  }
  return crumbs;
}

/** A folder in a folder. */
export function pathIn(path: string, name: string): string {
  const separator = separatorOf(path);
  return path.endsWith(separator) ? path + name : path + separator + name;
}

function separatorOf(path: string): string {
  return path.startsWith('/') ? '/' : '\\';
}
