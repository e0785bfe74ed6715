/** How far a grid is scrolled to the side, how much of it is seen, and what of that its pinned columns cover. */
export interface Strip {
  scrolled: number;
  seen: number;
  pinned: number;
}

/** How far the grid must be scrolled to show a column: as little as can be, its beginning before its end. */
export function scrolledTo(column: { left: number; width: number }, strip: Strip): number {
  const { scrolled, seen, pinned } = strip;
  const first = column.left - pinned;
  const last = column.left + column.width - seen;
  return Math.max(0, Math.min(first, Math.max(scrolled, last)));
}

/** Scrolls a grid to the side as little as needed to show a column. */
export function revealColumn(grid: HTMLElement, index: number): void {
  const header = grid.querySelector<HTMLElement>(
    `[role=columnheader][aria-colindex="${index + 1}"]`,
  );
  if (!header || header.dataset["pinned"] !== undefined) return;
  const edge = grid.getBoundingClientRect().left;
  const pinned = [...grid.querySelectorAll("[role=columnheader][data-pinned]")].map(
    (each) => each.getBoundingClientRect().right - edge,
  );
  // With the first column comes what stands before it.
  const left = index === 0 ? 0 : header.getBoundingClientRect().left - edge + grid.scrollLeft;
  grid.scrollLeft = scrolledTo(
    { left, width: header.offsetWidth },
    { scrolled: grid.scrollLeft, seen: grid.clientWidth, pinned: Math.max(0, ...pinned) },
  );
}
