import { useCallback, useEffect, useMemo, useRef } from "react";

import type { Cell } from "./keyboard";

/** How often a drag beyond the grid's edge goes on by a row. */
const STEP_MS = 40;

/**
 * The cell that was pointed at; none for a checkbox or the header. Behind its last cell a row may be free:
 * that room belongs to the cell.
 */
export function cellUnder(target: EventTarget | null): Cell | null {
  if (!(target instanceof Element)) return null;
  const row = target.closest("[data-row]");
  const last = () => Array.from(target.querySelectorAll("[data-column]")).at(-1);
  const cell = target === row ? last() : target.closest("[data-column]");
  if (!cell || !row) return null;
  return {
    row: Number(row.getAttribute("data-row")),
    column: Number(cell.getAttribute("data-column")),
  };
}

interface DragRange {
  /** The mouse went down on a cell of the grid. */
  begin: (grid: HTMLElement, at: Cell) => void;
  /** Whether the mouse came to another cell since then: then its click opens nothing. */
  hasMoved: () => boolean;
}

/** Extends the range as the mouse is dragged; beyond the edge the grid scrolls along. */
export function useDragRange(moveTo: (to: Cell, extend: boolean) => void): DragRange {
  const moved = useRef(false);
  const stop = useRef<() => void>(() => {});
  useEffect(() => () => stop.current(), []);
  const begin = useCallback(
    (grid: HTMLElement, start: Cell) => {
      stop.current();
      moved.current = false;
      let at = start;
      let beyond = 0;
      const extend = (to: Cell) => {
        if (to.row === at.row && to.column === at.column) return;
        at = to;
        moved.current = true;
        moveTo(to, true);
      };
      const onMove = (event: MouseEvent) => {
        const inside = event.target instanceof Node && grid.contains(event.target);
        const { top, bottom } = grid.getBoundingClientRect();
        beyond = inside ? 0 : event.clientY >= bottom ? 1 : event.clientY <= top ? -1 : 0;
        const to = inside ? cellUnder(event.target) : null;
        if (to) extend(to);
      };
      const lastRow = Number(grid.getAttribute("aria-rowcount")) - 2;
      const timer = setInterval(() => {
        const row = at.row + beyond;
        if (beyond !== 0 && row >= 0 && row <= lastRow) extend({ row, column: at.column });
      }, STEP_MS);
      const end = () => {
        clearInterval(timer);
        document.removeEventListener("mousemove", onMove);
        document.removeEventListener("mouseup", end);
      };
      stop.current = end;
      document.addEventListener("mousemove", onMove);
      document.addEventListener("mouseup", end);
    },
    [moveTo],
  );
  return useMemo(() => ({ begin, hasMoved: () => moved.current }), [begin]);
}
