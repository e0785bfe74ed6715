import type { FieldKind, Value } from "../../bindings";
import { imageParts } from "../../lib/images";
import { Picture } from "./Picture";
import classes from "./PicturesIn.module.css";

/** So many are shown; the text beside them names all. */
const MOST = 6;

interface PicturesInProps {
  value: Value;
  kind: FieldKind;
  /** Whether there is room for more than one line. */
  isWhole: boolean;
}

/** The pictures that a value names, beside its text; nothing where the field names none. */
export function PicturesIn({ value, kind, isWhole }: PicturesInProps) {
  if (kind !== "image" && kind !== "images") return null;
  const images = Array.isArray(value) ? value : typeof value === "string" ? [value] : [];
  const shown = images.filter(Boolean).slice(0, isWhole ? MOST : 1);
  if (shown.length === 0) return null;
  return (
    <span className={classes.pictures} data-whole={isWhole || undefined}>
      {shown.map((image) => (
        <Picture
          key={image}
          address={imageParts(image).address}
          alt=""
          size={isWhole ? 56 : 18}
          isInList={!isWhole}
        />
      ))}
    </span>
  );
}
