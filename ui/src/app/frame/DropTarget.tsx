import { IconAlertTriangle, IconFileImport } from "@tabler/icons-react";
import { useEffect, useState } from "react";
import { useLocation, useNavigate } from "react-router";

import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { CommandError } from "../../lib/errors";
import { dropVerdict, importOf } from "./drop";
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
        const verdict = dropVerdict(
          event.files.map((each) => each.name),
          mayImport,
        );
        if (verdict.accepted && file) void navigate(importOf(file, location));
        else showErrorToast(refusal(verdict.title, verdict.detail));
      }),
    [host, navigate, location, mayImport],
  );
  if (names === null) return null;
  const { accepted, title, detail } = dropVerdict(names, mayImport);
  return (
    <div
      className={classes.overlay}
      data-refused={!accepted || undefined}
      data-testid="drop-target"
    >
      <div className={classes.message} role="status">
        {accepted ? <IconFileImport size={36} /> : <IconAlertTriangle size={36} />}
        <strong>{title}</strong>
        <span>{detail}</span>
      </div>
    </div>
  );
}

function refusal(message: string, hint: string): CommandError {
  return new CommandError({ code: "invalid", message: `${message}.`, hint });
}
