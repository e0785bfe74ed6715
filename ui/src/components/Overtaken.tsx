import { IconAlertTriangle } from "@tabler/icons-react";

import classes from "./Overtaken.module.css";

interface OvertakenProps {
  /** What another user changed, in words such as "The name is now Ben." */
  news: string[];
}

/** Says what saving would replace that another user saved since the form was filled in. */
export function Overtaken({ news }: OvertakenProps) {
  if (news.length === 0) return null;
  return (
    <p className={classes.overtaken} role="status" data-testid="overtaken">
      <IconAlertTriangle size={14} />
      <span>
        Another person saved meanwhile. {news.join(" ")} Saving replaces it; Discard takes it over.
      </span>
    </p>
  );
}
