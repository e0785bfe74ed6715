import { IconPhoto, IconPhotoOff } from "@tabler/icons-react";
import { useEffect, useState } from "react";

import type { ImageInfo } from "../../bindings";
import { useHost } from "../../host/context";
import { useImageState } from "../../host/imageStates";
import classes from "./Picture.module.css";

interface PictureProps {
  /** Its address; empty where there is none. */
  address: string;
  /** What it shows; empty where the text beside it says that. */
  alt: string;
  /** Its width and height in pixels: the picture is fitted into them. */
  size: number;
  /** Shown only when it stays in view for a moment: for lists that are scrolled. */
  isInList?: boolean;
}

/** A thumbnail in a place of fixed size, or why there is none. */
export function Picture(props: PictureProps) {
  return <Shown key={props.address} {...props} />;
}

function Shown({ address, alt, size, isInList = false }: PictureProps) {
  const { source, fail, info, hasFailed } = useSource(address, "thumbnail");
  const isSettled = useSettled(source, isInList);
  const style = { width: size, height: size };
  if (address === "" || source === null || hasFailed) {
    return <Placeholder address={address} info={info} size={size} alt={alt} />;
  }
  return (
    <span className={classes.place} style={style}>
      {isSettled && (
        <img
          className={classes.image}
          src={source}
          alt={alt}
          decoding="async"
          loading={isInList ? "eager" : "lazy"}
          draggable={false}
          onLoad={() => remember(source)}
          onError={fail}
          data-testid="picture"
        />
      )}
    </span>
  );
}

/** Where a picture comes from, and what is known when it does not. */
export function useSource(address: string, size: "thumbnail" | "original") {
  const url = useHost().imageUrl(address, size);
  const [failed, setFailed] = useState("");
  const info = useImageState(address, failed !== "");
  // One that came after all is asked for once more, by another name: the first answer was kept.
  const source = info?.state === "stored" && url !== null ? `${url}&again` : url;
  return {
    source,
    info,
    hasFailed: source !== null && failed === source,
    fail: () => setFailed(source ?? ""),
  };
}

interface PlaceholderProps {
  address: string;
  info: ImageInfo | null | undefined;
  size: number;
  alt: string;
}

/** Stands where no picture is, and says why. */
function Placeholder({ address, info, size, alt }: PlaceholderProps) {
  const why = address === "" ? "" : whyNot(info);
  const isLost =
    info?.state === "failed" || (info?.state === "stored" && info.format !== WITHOUT_SMALL);
  const Icon = isLost ? IconPhotoOff : IconPhoto;
  const name = [alt, why].filter(Boolean).join(": ");
  return (
    <span
      className={classes.place}
      style={{ width: size, height: size }}
      title={why || undefined}
      data-lost={isLost || undefined}
      data-testid={address === "" ? undefined : "picture-missing"}
      {...(name === "" ? { "aria-hidden": true } : { role: "img", "aria-label": name })}
    >
      {(address !== "" || size > 40) && <Icon size={Math.min(size * 0.6, 24)} stroke={1.5} />}
    </span>
  );
}

/** The format of which no thumbnail is made: only what is small already is shown small. */
const WITHOUT_SMALL = "avif";

/** Why a picture cannot be seen; undefined is not known yet, null is not named by a record. */
export function whyNot(info: ImageInfo | null | undefined): string {
  if (info === undefined) return "";
  if (info === null) return "The picture is fetched after saving.";
  switch (info.state) {
    case "waiting":
      return "The picture is still to be fetched.";
    case "retrying":
      return `${info.reason} It will be tried again.`;
    case "failed":
      return info.reason;
    case "stored":
      return info.format === WITHOUT_SMALL
        ? "An AVIF of this size is not shown small. Open it to see it."
        : "The file of the picture is lost.";
  }
}

/** How long a row must stay in view before its picture is asked for. */
const SETTLED_MS = 80;

/** What was shown already need not wait. */
const MOST_REMEMBERED = 4_000;
const seen = new Set<string>();

function remember(source: string): void {
  seen.delete(source);
  seen.add(source);
  const [oldest] = seen;
  if (seen.size > MOST_REMEMBERED && oldest !== undefined) seen.delete(oldest);
}

function useSettled(source: string | null, isInList: boolean): boolean {
  const [isSettled, setIsSettled] = useState(() => !isInList || seen.has(source ?? ""));
  useEffect(() => {
    if (isSettled) return undefined;
    const timer = setTimeout(() => setIsSettled(true), SETTLED_MS);
    return () => clearTimeout(timer);
  }, [isSettled]);
  return isSettled;
}
