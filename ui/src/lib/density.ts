import { useSyncExternalStore } from "react";

/** How tall rows are. */
export type Density = "comfortable" | "compact";

const KEY = "backstock.density";
const listeners = new Set<() => void>();

/** The density that was chosen on this machine. */
export function readDensity(): Density {
  return localStorage.getItem(KEY) === "compact" ? "compact" : "comfortable";
}

/** Shows rows in a density from now on. */
export function applyDensity(density: Density): void {
  document.documentElement.dataset["density"] = density;
}

/** Chooses a density on this machine. */
export function chooseDensity(density: Density): void {
  localStorage.setItem(KEY, density);
  applyDensity(density);
  for (const listener of listeners) listener();
}

function subscribe(listener: () => void): () => void {
  listeners.add(listener);
  return () => listeners.delete(listener);
}

/** The density, kept up to date. */
export function useDensity(): Density {
  return useSyncExternalStore(subscribe, readDensity);
}

/** The height of a row in pixels, as `theme.css` has it. */
export function useRowHeight(): number {
  return useDensity() === "compact" ? 28 : 32;
}
