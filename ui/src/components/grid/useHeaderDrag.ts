import { useRef, type PointerEvent } from "react";

/** So many pixels are no drag but a hand that is not quite still. */
const STILL = 6;

/**
 * Drags the name of a column over those of others; `onDrop` is told how many columns further it was
 * let go. A press that moves nothing stays a click.
 */
export function useHeaderDrag(onDrop: (step: number) => void) {
  const moved = useRef(false);
  const begin = (down: PointerEvent<HTMLElement>) => {
    const cell = down.currentTarget;
    moved.current = false;
    if (down.button !== 0) return;
    const move = (event: globalThis.PointerEvent) => {
      if (Math.abs(event.clientX - down.clientX) > STILL) moved.current = true;
      cell.toggleAttribute("data-moving", moved.current);
      for (const each of headersOf(cell)) {
        each.toggleAttribute("data-target", moved.current && each === under(event, cell));
      }
    };
    const stop = (event: globalThis.PointerEvent) => {
      document.removeEventListener("pointermove", move);
      document.removeEventListener("pointerup", stop);
      document.removeEventListener("pointercancel", stop);
      cell.removeAttribute("data-moving");
      // The click that this may end with comes before any timer.
      setTimeout(() => {
        moved.current = false;
      });
      const headers = headersOf(cell);
      for (const each of headers) each.removeAttribute("data-target");
      const target = under(event, cell);
      if (!moved.current || event.type !== "pointerup" || target === undefined) return;
      onDrop(headers.indexOf(target) - headers.indexOf(cell));
    };
    document.addEventListener("pointermove", move);
    document.addEventListener("pointerup", stop);
    document.addEventListener("pointercancel", stop);
  };
  return { begin, hasMoved: () => moved.current };
}

/** The names of the columns, in their order. */
function headersOf(cell: HTMLElement): Element[] {
  return Array.from(cell.parentElement?.querySelectorAll("[aria-colindex]") ?? []);
}

/** The name of another column that the pointer is over. */
function under(event: globalThis.PointerEvent, cell: HTMLElement): Element | undefined {
  return headersOf(cell).find((each) => {
    const { left, right } = each.getBoundingClientRect();
    return each !== cell && event.clientX >= left && event.clientX < right;
  });
}
