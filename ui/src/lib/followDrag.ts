import type { PointerEvent } from "react";

/** Follows the pointer from where it went down until it is let go: `onMove(start, way)`. */
export function followDrag(
  down: PointerEvent<HTMLElement>,
  start: number,
  onMove: (start: number, way: number) => void,
): void {
  down.preventDefault();
  down.stopPropagation();
  const handle = down.currentTarget;
  handle.setPointerCapture(down.pointerId);
  const move = (event: globalThis.PointerEvent) => onMove(start, event.clientX - down.clientX);
  const stop = () => {
    handle.removeEventListener("pointermove", move);
    handle.removeEventListener("pointerup", stop);
    handle.removeEventListener("pointercancel", stop);
  };
  handle.addEventListener("pointermove", move);
  handle.addEventListener("pointerup", stop);
  handle.addEventListener("pointercancel", stop);
}
