/**
 * Scrolling over any number of rows. WebKit paints nothing beyond 2^24 pixels, so the scrolled
 * height is capped, and from there on the scroll bar's way is mapped to the way over the rows.
 */

/** No scrolled area is higher than this. */
export const MAX_SCROLL_HEIGHT = 4_000_000;

/** How much there is, and how much of it is seen at once. */
export interface Extent {
  rows: number;
  rowHeight: number;
  /** The height of the part that shows rows. */
  viewport: number;
}

/** Which rows to draw, and how far from the top of the scrolled area. */
export interface RowWindow {
  first: number;
  /** One past the last row. */
  end: number;
  top: number;
}

const clamp = (value: number, low: number, high: number) => Math.min(Math.max(value, low), high);

/** The height that all rows would take. */
export function fullHeight({ rows, rowHeight }: Extent): number {
  return rows * rowHeight;
}

/** The height that is scrolled. */
export function scrollHeight(extent: Extent): number {
  return Math.min(fullHeight(extent), MAX_SCROLL_HEIGHT);
}

/** Whether a scrolled pixel stands for more than one pixel of rows. */
export function isCapped(extent: Extent): boolean {
  return fullHeight(extent) > MAX_SCROLL_HEIGHT;
}

/** The furthest position: the last row stands at the bottom. */
export function lastPosition(extent: Extent): number {
  return Math.max(0, fullHeight(extent) - extent.viewport);
}

/** Which pixel of the rows stands at the top when the scroll bar is at `scrollTop`. */
export function toPosition(scrollTop: number, extent: Extent): number {
  const way = scrollHeight(extent) - extent.viewport;
  if (way <= 0) return 0;
  return (clamp(scrollTop, 0, way) / way) * lastPosition(extent);
}

/** Where the scroll bar is when `position` is at the top. */
export function toScrollTop(position: number, extent: Extent): number {
  const way = scrollHeight(extent) - extent.viewport;
  const last = lastPosition(extent);
  if (way <= 0 || last <= 0) return 0;
  return (clamp(position, 0, last) / last) * way;
}

/** The rows to draw at a position, `overscan` more on either side. */
export function windowAt(
  position: number,
  scrollTop: number,
  extent: Extent,
  overscan: number,
): RowWindow {
  const { rows, rowHeight, viewport } = extent;
  const first = clamp(Math.floor(position / rowHeight) - overscan, 0, rows);
  const end = clamp(Math.ceil((position + viewport) / rowHeight) + overscan, first, rows);
  return { first, end, top: first * rowHeight - position + scrollTop };
}

/** The position nearest to `position` at which `row` is seen whole. */
export function revealRow(row: number, position: number, extent: Extent): number {
  const top = row * extent.rowHeight;
  const highest = top + extent.rowHeight - extent.viewport;
  return clamp(clamp(position, highest, top), 0, lastPosition(extent));
}
