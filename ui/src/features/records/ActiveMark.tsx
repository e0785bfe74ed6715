import classes from "./Records.module.css";

/** Whether a record is in use, by a word and a dot. */
export function ActiveMark({ active }: { active: boolean }) {
  return (
    <span className={classes.active} data-active={active}>
      {active ? "Active" : "Inactive"}
    </span>
  );
}
