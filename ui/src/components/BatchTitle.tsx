import type { Batch } from "../bindings";
import classes from "./BatchTitle.module.css";
import { MiddleCut, WHOLE_CODE } from "./MiddleCut";
import { ORIGIN_ICONS } from "./originIcons";

type Titled = Pick<Batch, "origin" | "title">;

/** As wide as the icon before a title, and what stands of its beginning where that is cut. */
const ICON_ROOM = "////";
const HEAD_ROOM = "M…";

/** What a title says of one code: the verb before it, or how many more there are. */
const AROUND_CODE = 14;
const MOST_WHOLE = WHOLE_CODE + AROUND_CODE;

/** The codes that a title names behind its verb and a colon; nothing where it names none in that way. */
function namedIn(title: string): string {
  const at = title.indexOf(": ");
  return at < 0 ? "" : title.slice(at + 2);
}

/** The room for what is never cut of a title: the codes in it. A file's name may be cut. */
export function wholeTitle({ origin, title }: Titled): string {
  const named = namedIn(title);
  if (named !== "") return `${ICON_ROOM}${HEAD_ROOM}${named.slice(0, MOST_WHOLE)}`;
  return origin === "import" || title.length > MOST_WHOLE ? "" : `${ICON_ROOM}${title}`;
}

/** The room for all of it. */
export function fittingTitle({ title }: Titled): string {
  return `${ICON_ROOM}${title}`;
}

/** What a batch is called, in a cell of a list. Where there is little room, what was done gives way before the codes. */
export function BatchTitle({ batch: { origin, title } }: { batch: Titled }) {
  const Icon = ORIGIN_ICONS[origin];
  return (
    <span className={classes.title}>
      <Icon size={16} />
      <MiddleCut text={title} tail={Math.min(namedIn(title).length, MOST_WHOLE)} />
    </span>
  );
}
