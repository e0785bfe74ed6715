import { Button } from "@mantine/core";
import { useRef, useState, type KeyboardEvent } from "react";

import { Picture } from "../../../../components/picture";
import { formatInteger } from "../../../../lib/format";
import { imageParts } from "../../../../lib/images";
import classes from "./Images.module.css";
import { useReorder } from "./useReorder";

/** The side of a picture in the strip, in pixels. */
const SIDE = 84;

interface ImageStripProps {
  label: string;
  images: readonly string[];
  chosen: number;
  hasMain: boolean;
  isReadOnly: boolean;
  onChoose: (index: number) => void;
  onMove: (from: number, to: number) => void;
  onOpen: (index: number) => void;
  onRemove: (index: number) => void;
}

/** So many pictures are shown at first, and so many more each time: thousands may have been dropped at once. */
const STEP = 60;

/** Pictures side by side: the arrows choose one, with Alt they move it. */
export function ImageStrip(props: ImageStripProps) {
  const { images, chosen, isReadOnly, onChoose, onMove } = props;
  const list = useRef<HTMLDivElement>(null);
  const { over, handlers } = useReorder(onMove);
  const [most, setMost] = useState(STEP);
  const shown = images.slice(0, Math.max(most, chosen + 2));
  const focus = (index: number) => {
    // The next ones are there before they are reached.
    if (index + 2 > most) setMost(index + STEP);
    onChoose(index);
    list.current?.querySelector<HTMLElement>(`[data-image-index="${index}"]`)?.focus();
  };
  const onKeyDown = (event: KeyboardEvent, index: number) => {
    const step = STEPS[event.key];
    if (step !== undefined) {
      event.preventDefault();
      const to = index + step;
      if (to < 0 || to >= images.length) return;
      if (!event.altKey) return focus(to);
      if (!isReadOnly) onMove(index, to);
      return;
    }
    if (event.key === "Enter" || event.key === " ") {
      event.preventDefault();
      props.onOpen(index);
    } else if ((event.key === "Delete" || event.key === "Backspace") && !isReadOnly) {
      event.preventDefault();
      props.onRemove(index);
    }
  };
  return (
    <>
      <div
        ref={list}
        className={classes.strip}
        role="listbox"
        aria-label={props.label}
        aria-orientation="horizontal"
      >
        {shown.map((image, index) => {
          const { address, shows } = imageParts(image);
          const name = [props.hasMain && index === 0 ? "Main" : `${index + 1}`, shows];
          return (
            <div
              key={address}
              className={classes.card}
              role="option"
              aria-selected={index === chosen}
              aria-label={name.filter(Boolean).join(": ")}
              aria-keyshortcuts="Alt+ArrowLeft Alt+ArrowRight Delete Enter"
              tabIndex={index === chosen ? 0 : -1}
              data-image-index={index}
              data-over={(over !== null && over.to === index && over.from !== index) || undefined}
              data-dragged={over?.from === index || undefined}
              onClick={() => focus(index)}
              onDoubleClick={() => props.onOpen(index)}
              onFocus={() => onChoose(index)}
              onKeyDown={(event) => onKeyDown(event, index)}
              {...(isReadOnly ? {} : handlers(index))}
            >
              <Picture address={address} alt="" size={SIDE} />
              {props.hasMain && index === 0 && <span className={classes.main}>Main</span>}
            </div>
          );
        })}
      </div>
      {shown.length < images.length && (
        <Button size="compact-sm" variant="subtle" onClick={() => setMost(shown.length + STEP)}>
          {formatInteger(images.length - shown.length)} more
        </Button>
      )}
    </>
  );
}

const STEPS: Record<string, number> = { ArrowLeft: -1, ArrowRight: 1, ArrowUp: -1, ArrowDown: 1 };
