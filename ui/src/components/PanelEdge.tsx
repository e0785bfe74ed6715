import { useLocalStorage } from "@mantine/hooks";
import type { KeyboardEvent, PointerEvent } from "react";

import { followDrag } from "../lib/followDrag";
import classes from "./Split.module.css";

const NARROWEST = 380;
const WIDEST = 900;
const USUAL = 540;
const STEP = 16;

const within = (width: number) => Math.round(Math.min(Math.max(width, NARROWEST), WIDEST));

/** How wide panels are; remembered on this machine. */
export function usePanelWidth(): { width: number; resize: (width: number) => void } {
  const [width, setWidth] = useLocalStorage({
    key: "backstock.panel-width",
    defaultValue: USUAL,
    getInitialValueInEffect: false,
  });
  return { width: within(width), resize: (next) => setWidth(within(next)) };
}

interface PanelEdgeProps {
  width: number;
  onResize: (width: number) => void;
}

/** The panel's edge: drag it, or move it with the arrows; a double click brings the usual width back. */
export function PanelEdge({ width, onResize }: PanelEdgeProps) {
  const onPointerDown = (event: PointerEvent<HTMLElement>) =>
    // The panel may be narrower than what was chosen, where there is no room for it.
    followDrag(event, edgeWidth(event.currentTarget) ?? width, (start, way) =>
      onResize(start - way),
    );
  const onKeyDown = (event: KeyboardEvent) => {
    const widths: Record<string, number> = {
      ArrowLeft: width + STEP,
      ArrowRight: width - STEP,
      Home: WIDEST,
      End: NARROWEST,
    };
    const next = widths[event.key];
    if (next === undefined) return;
    event.preventDefault();
    onResize(next);
  };
  return (
    <div
      className={classes.edge}
      role="separator"
      aria-orientation="vertical"
      aria-label="Width of the panel"
      aria-valuemin={NARROWEST}
      aria-valuemax={WIDEST}
      aria-valuenow={width}
      tabIndex={0}
      onPointerDown={onPointerDown}
      onDoubleClick={() => onResize(USUAL)}
      onKeyDown={onKeyDown}
      data-testid="panel-edge"
    />
  );
}

function edgeWidth(edge: HTMLElement): number | undefined {
  return edge.parentElement?.getBoundingClientRect().width;
}
