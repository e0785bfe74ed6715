import { Button } from "@mantine/core";
import { IconHistory } from "@tabler/icons-react";

import type { Remembered } from "../../bindings";
import { formatAgo } from "../../lib/format";
import classes from "./DraftView.module.css";

interface RememberedMappingProps {
  remembered: Remembered;
  busy: boolean;
  onStartOver: () => void;
}

/** That the columns are mapped as those of an earlier file, and the way out. */
export function RememberedMapping({ remembered, busy, onStartOver }: RememberedMappingProps) {
  const { name, fileName, usedAt, missing } = remembered;
  const what = name === "" ? "as last time" : `as the profile ${name} says`;
  return (
    <p className={classes.remembered} data-testid="import-remembered">
      <IconHistory size={16} />
      <span>
        Mapped {what} ({fileName}, {formatAgo(usedAt)})
        {missing.length > 0 && `; this file has no column ${missing.join(", ")}`}
      </span>
      <Button
        size="compact-xs"
        variant="default"
        disabled={busy}
        onClick={onStartOver}
        data-testid="import-start-over"
      >
        Start over
      </Button>
    </p>
  );
}
