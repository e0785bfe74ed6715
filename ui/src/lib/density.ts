/** How tall rows are. */
export type Density = "comfortable" | "compact";

const KEY = "backstock.density";

/** The density that was chosen on this machine. */
export function readDensity(): Density {
  return localStorage.getItem(KEY) === "compact" ? "compact" : "comfortable";
}

/** Shows rows in a density from now on. */
export function applyDensity(density: Density): void {
  document.documentElement.dataset.density = density;
}

/** Chooses a density on this machine. */
export function chooseDensity(density: Density): void {
  localStorage.setItem(KEY, density);
  applyDensity(density);
}

/** The height of a row in pixels, as `theme.css` has it. */
export function rowHeight(density: Density = readDensity()): number {
  return density === "compact" ? 28 : 32;
}
