import { useCallback, useEffect, useLayoutEffect, useMemo, useRef, useState } from "react";

import {
  isCapped,
  lastPosition,
  revealRow,
  scrollHeight,
  toPosition,
  toScrollTop,
  windowAt,
  type Extent,
  type RowWindow,
} from "./scroll";

const OVERSCAN = 6;
const LINE = 40;

interface Scrolled {
  position: number;
  scrollTop: number;
}

export interface RowWindowControl {
  window: RowWindow;
  /** The height of the scrolled rows. */
  height: number;
  /** How many whole rows are seen at once. */
  pageRows: number;
  onScroll: () => void;
  /** Scrolls as little as needed to show a row. */
  reveal: (row: number) => void;
  toTop: () => void;
}

/**
 * Which rows of very many are seen, as a person scrolls the element in `ref`. `aroundHeight` stands
 * above and below the rows.
 */
export function useRowWindow(
  ref: React.RefObject<HTMLDivElement | null>,
  rows: number,
  rowHeight: number,
  aroundHeight: number,
): RowWindowControl {
  const [viewport, setViewport] = useState(600);
  const [scrolled, setScrolled] = useState<Scrolled>({ position: 0, scrollTop: 0 });
  const extent = useMemo<Extent>(
    () => ({ rows, rowHeight, viewport }),
    [rows, rowHeight, viewport],
  );
  const latest = useRef({ extent, scrolled });
  useLayoutEffect(() => {
    latest.current = { extent, scrolled };
  }, [extent, scrolled]);

  useLayoutEffect(() => {
    const element = ref.current;
    if (!element) return;
    const measure = () => {
      if (element.clientHeight > 0) setViewport(element.clientHeight - aroundHeight);
    };
    measure();
    const observer = new ResizeObserver(measure);
    observer.observe(element);
    return () => observer.disconnect();
  }, [ref, aroundHeight]);

  const goTo = useCallback(
    (position: number) => {
      const element = ref.current;
      if (!element) return;
      const { extent: now } = latest.current;
      const target = Math.min(Math.max(position, 0), lastPosition(now));
      element.scrollTop = toScrollTop(target, now);
      const next = { position: target, scrollTop: element.scrollTop };
      latest.current = { extent: now, scrolled: next };
      setScrolled(next);
    },
    [ref],
  );

  const onScroll = useCallback(() => {
    const element = ref.current;
    if (!element) return;
    const { extent: now, scrolled: before } = latest.current;
    // Our own scrolling comes back rounded to pixels; the exact position is known already.
    if (isCapped(now) && Math.abs(element.scrollTop - before.scrollTop) < 1) return;
    const position = toPosition(element.scrollTop, now);
    setScrolled({ position, scrollTop: element.scrollTop });
  }, [ref]);

  // A wheel must move rows by as much as anywhere else, however many rows one pixel stands for.
  useEffect(() => {
    const element = ref.current;
    if (!element) return;
    const onWheel = (event: WheelEvent) => {
      const { extent: now, scrolled: before } = latest.current;
      if (!isCapped(now) || event.ctrlKey || event.shiftKey || event.deltaY === 0) return;
      event.preventDefault();
      const unit = event.deltaMode === 0 ? 1 : event.deltaMode === 1 ? LINE : now.viewport;
      element.scrollLeft += event.deltaX * unit;
      goTo(before.position + event.deltaY * unit);
    };
    element.addEventListener("wheel", onWheel, { passive: false });
    return () => element.removeEventListener("wheel", onWheel);
  }, [ref, goTo]);

  const reveal = useCallback(
    (row: number) => {
      const { extent: now, scrolled: before } = latest.current;
      const position = revealRow(row, before.position, now);
      if (position !== before.position) goTo(position);
    },
    [goTo],
  );

  const position = Math.min(scrolled.position, lastPosition(extent));
  const scrollTop = isCapped(extent) ? scrolled.scrollTop : position;
  return {
    window: windowAt(position, scrollTop, extent, OVERSCAN),
    height: scrollHeight(extent),
    pageRows: Math.max(1, Math.floor(viewport / rowHeight) - 1),
    onScroll,
    reveal,
    toTop: useCallback(() => goTo(0), [goTo]),
  };
}
