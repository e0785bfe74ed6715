import type { Host } from "../host/host";

const KEY = "backstock.zoom";

/** The sizes that the keys step through. */
const FACTORS = [0.7, 0.8, 0.9, 1, 1.1, 1.25, 1.5, 1.75, 2] as const;

/** The size that was chosen on this machine. */
function readZoom(): number {
  const stored = Number(localStorage.getItem(KEY));
  return FACTORS.find((factor) => factor === stored) ?? 1;
}

/** What a key makes of a size; null for other keys. */
export function zoomedBy(key: string, factor: number): number | null {
  if (key === "0") return 1;
  if (key === "+" || key === "=") return FACTORS.find((each) => each > factor) ?? factor;
  if (key === "-" || key === "_") return FACTORS.findLast((each) => each < factor) ?? factor;
  return null;
}

/** Ctrl and +, - or 0 make everything larger, smaller or as it was; remembered. Answers how to stop. */
export function followZoomKeys(host: Host): () => void {
  const show = (factor: number) => {
    localStorage.setItem(KEY, String(factor));
    // A page that cannot be zoomed stays as it is.
    host.zoom(factor).catch(() => {});
  };
  const listen = (event: KeyboardEvent) => {
    if (!(event.ctrlKey || event.metaKey) || event.altKey) return;
    const factor = zoomedBy(event.key, readZoom());
    if (factor === null) return;
    event.preventDefault();
    show(factor);
  };
  if (readZoom() !== 1) show(readZoom());
  document.addEventListener("keydown", listen);
  return () => document.removeEventListener("keydown", listen);
}
