import { ToastIcon, useToasts } from "../../components/ToastStrip";
import { formatAgo } from "../../lib/format";
import classes from "./JobList.module.css";
import { JobList } from "./JobList";

/** What runs and ran, and what the window said since the app started. */
export function ActivityList() {
  const { history } = useToasts();
  return (
    <div className={classes.activity}>
      <h2 className={classes.heading}>Jobs</h2>
      <JobList />
      <h2 className={classes.heading}>Messages</h2>
      {history.length === 0 ? (
        <p className={classes.nothing}>Nothing was said since the app started.</p>
      ) : (
        <ul className={classes.list} data-testid="messages">
          {history.map(({ id, kind, message, hint, at }) => (
            <li key={id} className={classes.message}>
              <ToastIcon kind={kind} />
              <span className={classes.words}>
                {message} {hint}
              </span>
              <span className={classes.detail}>{formatAgo(at)}</span>
            </li>
          ))}
        </ul>
      )}
    </div>
  );
}
