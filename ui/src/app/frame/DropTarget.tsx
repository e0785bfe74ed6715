import { IconAlertTriangle, IconFileImport, IconPhotoPlus } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router";

import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { CommandError } from "../../lib/errors";
import { arePictures } from "../../lib/images";
import { pictureTarget } from "../../lib/pictureTarget";
import { dropVerdict, importOf, NO_FILE } from "./drop";
import classes from "./DropTarget.module.css";

/** While files are dragged over the window, all of it is the target and says what will happen. */
export function DropTarget() {
  const host = useHost();
  const navigate = useNavigate();
  const mayImport = useMay("import");
  const [names, setNames] = useState<string[] | null>(null);
  const location = useLocation();
  useEffect(
    () =>
      host.onEvent((event) => {
        if (event.type === "dragEntered") setNames(event.names);
        if (event.type === "dragLeft") setNames(null);
        if (event.type !== "filesDropped") return;
        setNames(null);
        const [file] = event.files;
        const dropped = event.files.map((each) => each.name);
        const target = pictureTarget();
        const verdict = file ? dropVerdict(dropped, mayImport, target?.name) : NO_FILE;
        if (verdict.accepted && target && arePictures(dropped)) target.drop(event.files);
        else if (verdict.accepted && file) void navigate(importOf(file, location));
        else showErrorToast(refusal(verdict.title, verdict.detail));
      }),
    [host, navigate, location, mayImport],
  );
  usePastedPictures();
  if (names === null) return null;
  const verdict = dropVerdict(names, mayImport, pictureTarget()?.name);
  const { accepted, title, detail } = verdict;
  const isOfPictures = arePictures(names);
  return (
    <div
      className={classes.overlay}
      data-refused={!accepted || undefined}
      data-testid="drop-target"
    >
      <div className={classes.message} role="status">
        <DropIcon accepted={accepted} isOfPictures={isOfPictures} />
        <strong>{title}</strong>
        <span>{detail}</span>
      </div>
    </div>
  );
}

function DropIcon({ accepted, isOfPictures }: { accepted: boolean; isOfPictures: boolean }) {
  if (!accepted) return <IconAlertTriangle size={36} />;
  return isOfPictures ? <IconPhotoPlus size={36} /> : <IconFileImport size={36} />;
}

/** How long after its keys a paste comes to the page, where it does. */
const PASTE_FOLLOWS_MS = 150;

/** Pictures that are pasted anywhere go to what takes some now. */
function usePastedPictures(): void {
  useEffect(() => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const onPaste = (event: ClipboardEvent) => {
      const files = Array.from(event.clipboardData?.files ?? []);
      const pictures = files.filter(({ type }) => type.startsWith("image/"));
      const target = pictureTarget();
      if (pictures.length === 0 || target === undefined) return;
      event.preventDefault();
      clearTimeout(timer);
      target.paste(pictures);
    };
    // A page in WebKitGTK gets no event of a paste outside of a text, and no pictures.
    const onKeyDown = (event: KeyboardEvent) => {
      const isPaste = (event.ctrlKey || event.metaKey) && event.key.toLowerCase() === "v";
      if (isPaste && !event.defaultPrevented && !isInText(event.target)) {
        // Elsewhere the event follows, and one picture is enough.
        timer = setTimeout(() => pictureTarget()?.pasteByHost(), PASTE_FOLLOWS_MS);
      }
    };
    document.addEventListener("paste", onPaste);
    document.addEventListener("keydown", onKeyDown);
    return () => {
      clearTimeout(timer);
      document.removeEventListener("paste", onPaste);
      document.removeEventListener("keydown", onKeyDown);
    };
  }, []);
}

const isInText = (target: EventTarget | null) =>
  target instanceof Element && target.closest("input, textarea, [contenteditable]") !== null;

function refusal(message: string, hint: string): CommandError {
  return new CommandError({ code: "invalid", message: `${message}.`, hint });
}
