import { useRef, useState, type PointerEvent } from "react";

/** So far a pointer moves before it drags: less is a click. */
const SLOP = 6;

interface Drag {
  from: number;
  x: number;
  y: number;
}

/**
 * Dragging pictures to another place, by pointer: the page's own drag and drop belongs to the shell, which
 * takes files by it.
 */
export function useReorder(onMove: (from: number, to: number) => void) {
  const start = useRef<Drag | null>(null);
  const [over, setOver] = useState<{ from: number; to: number } | null>(null);
  const handlers = (index: number) => ({
    onPointerDown: (event: PointerEvent) => {
      if (event.button === 0) start.current = { from: index, x: event.clientX, y: event.clientY };
    },
    onPointerMove: (event: PointerEvent) => {
      const drag = start.current;
      if (drag === null) return;
      const far = Math.hypot(event.clientX - drag.x, event.clientY - drag.y);
      if (over === null && far < SLOP) return;
      event.currentTarget.setPointerCapture(event.pointerId);
      const to = placeAt(event.clientX, event.clientY);
      if (to !== null) setOver({ from: drag.from, to });
    },
    onPointerUp: () => {
      start.current = null;
      if (over !== null && over.to !== over.from) onMove(over.from, over.to);
      setOver(null);
    },
    onPointerCancel: () => {
      start.current = null;
      setOver(null);
    },
  });
  return { over, handlers };
}

/** The picture under the pointer, by its place. */
function placeAt(x: number, y: number): number | null {
  const card = document.elementFromPoint(x, y)?.closest<HTMLElement>("[data-image-index]");
  const index = Number(card?.dataset["imageIndex"]);
  return card && Number.isInteger(index) ? index : null;
}
