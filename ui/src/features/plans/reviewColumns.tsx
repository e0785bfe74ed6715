import { IconInfoCircle } from "@tabler/icons-react";

import type {
  Change,
  Field,
  FieldInfo,
  KindInfo,
  Origin,
  Outcome,
  PlannedRecord,
  PlanSummary,
  Resolution,
} from "../../bindings";
import type { GridColumn } from "../../components/grid";
import { isOneWord, MiddleCut, WHOLE_CODE } from "../../components/MiddleCut";
import { OutcomeBadge, OUTCOMES } from "../../components/OutcomeBadge";
import { MoneyOf } from "../../components/RecordMoney";
import { formatInteger } from "../../lib/format";
import { UNSIGNED } from "../../lib/money";
import { formatValue, isEmptyValue } from "../../lib/values";
import { ChangedValue } from "./ChangedValue";
import { type FieldColumn, fieldColumns } from "./columns";
import { ConflictValue } from "./ConflictValue";
import { DecisionButtons } from "./DecisionButtons";
import { canBeResolved, decisionLabel, whoChanged } from "./decisions";
import { Direction } from "./Direction";
import { directionText } from "./syncWay";
import { badgeLabel, changeOf, lineOf, toldOf } from "./recordText";
import { productKind } from "./reviewedKinds";
import classes from "./ReviewGrid.module.css";

type Column = GridColumn<PlannedRecord>;

/** What of a plan its columns depend on. */
interface ReviewedPlan extends Pick<PlanSummary, "origin" | "changedFields"> {
  /** The kinds of its records, as far as the person may see them. */
  kinds: readonly KindInfo[];
  /** What the channel is called with which it is a sync; null where there is none. */
  shop?: string | null;
}

/** Decides about one record. */
export type Decide = (record: PlannedRecord, resolution: Resolution | null) => void;

/**
 * The columns of a review: what identifies a record, what happens to it, and what changes. There is
 * one for decisions while some can be made.
 */
export function reviewColumns(plan: ReviewedPlan, decide: Decide | null): Column[] {
  const { origin, kinds, changedFields, shop = null } = plan;
  return [
    ...(origin === "import" ? [LINE] : []),
    codeColumn(kinds),
    whatColumn(origin, shop),
    ...(decide === null ? [] : [decisionColumn(origin, decide)]),
    nameColumn(plan),
    ...fieldColumns(changedFields, kinds).map(changeColumn),
  ];
}

const LINE: Column = {
  key: "line",
  label: "Line",
  width: 64,
  align: "end",
  pinned: true,
  whole: ({ line }) => (line === null ? "" : formatInteger(line)),
  render: ({ line }) => (
    <span className={classes.line}>{line === null ? "" : formatInteger(line)}</span>
  ),
  text: ({ line }) => (line === null ? "" : String(line)),
};

/** What identifies a record; of several kinds of records it has no name of its own. */
function codeColumn(kinds: readonly KindInfo[]): Column {
  const [kind, ...others] = kinds;
  return {
    key: "code",
    label: kind === undefined || others.length > 0 ? "Record" : kind.codeLabel,
    width: 130,
    pinned: true,
    render: ({ code }) => (code === "" ? "–" : <MiddleCut text={code} />),
    whole: ({ code }) => code.slice(0, WHOLE_CODE),
    text: ({ code }) => code,
  };
}

/** As wide as the direction beside a badge. */
const DIRECTION_ROOM = 72;

function whatColumn(origin: Origin, shop: string | null): Column {
  return {
    key: "outcome",
    label: "What",
    width: shop === null ? 116 : 116 + DIRECTION_ROOM,
    pinned: true,
    render: (record) => (
      <span className={classes.what}>
        <Badge record={record} origin={origin} />
        <Direction record={record} shop={shop} />
      </span>
    ),
    text: (record) =>
      [badgeLabel(record, origin) ?? OUTCOMES[record.outcome].label, directionText(record, shop)]
        .filter((part) => part !== "")
        .join(" "),
  };
}

function Badge({ record, origin }: { record: PlannedRecord; origin: Origin }) {
  const label = badgeLabel(record, origin);
  return <OutcomeBadge outcome={record.outcome} {...(label === undefined ? {} : { label })} />;
}

function decisionColumn(origin: Origin, decide: Decide): Column {
  return {
    key: "decision",
    label: "Decision",
    width: origin === "sync" ? 232 : 144,
    pinned: true,
    render: (record) =>
      canBeResolved(record) ? (
        <DecisionButtons
          record={record}
          origin={origin}
          onDecide={(resolution) => decide(record, resolution)}
          inGrid
        />
      ) : null,
    text: ({ resolution }) => (resolution === null ? "" : decisionLabel(resolution, origin)),
  };
}

function nameColumn({ origin, changedFields, kinds }: ReviewedPlan): Column {
  const fields = kinds.flatMap((kind) => kind.fields);
  const titles = new Map(kinds.map(({ key, title }) => [key, title]));
  const isRenamed = kinds.some(({ title }) => changedFields.includes(title));
  return {
    key: "name",
    label: "Name",
    width: isRenamed ? 260 : 200,
    // A name that stays gives its room to what changes.
    least: isRenamed ? 200 : 110,
    most: isRenamed ? 400 : 260,
    grow: true,
    fits: (record) => {
      const title = titles.get(productKind(record));
      const change = title === undefined ? undefined : changeOf(record, title);
      const shown = change && shownSides(change, record.outcome, TITLE).join(ARROW);
      return `${shown || record.title}${noteOf(record) === "" ? "" : NOTE_ROOM}`;
    },
    render: (record) => <NameCell record={record} title={titles.get(productKind(record))} />,
    text: ({ title }) => title,
    across: (record) => {
      const line = lineOf(record);
      return line === null ? null : (
        <MoneyOf record={toldOf(record)}>
          <RecordLine record={record} origin={origin} fields={fields} />
        </MoneyOf>
      );
    },
  };
}

function NameCell({ record, title }: { record: PlannedRecord; title: Field | undefined }) {
  const change =
    record.outcome === "update" && title !== undefined ? changeOf(record, title) : undefined;
  const note = noteOf(record);
  return (
    <span className={classes.name} title={record.title}>
      {change ? (
        <ChangedValue change={change} kind="text" outcome="update" />
      ) : (
        <span className={classes.nameText}>{record.title}</span>
      )}
      {note !== "" && (
        <span className={classes.noteIcon} title={note} aria-label={note} role="img">
          <IconInfoCircle size={14} />
        </span>
      )}
    </span>
  );
}

/** What is said of a record by the mark beside its name. */
function noteOf({ implied, notes }: PlannedRecord): string {
  return implied ? "No row of the file stands for it." : notes.join(" ");
}

/** As wide as that mark. */
const NOTE_ROOM = "///";

interface RecordLineProps {
  record: PlannedRecord;
  origin: Origin;
  fields: readonly FieldInfo[];
}

/** What is said of a record in place of its fields. */
function RecordLine({ record, origin, fields }: RecordLineProps) {
  const line = lineOf(record);
  if (!line) return null;
  const named = record.problems[0]?.column;
  // Some reasons begin with the name of the column.
  const column = named !== undefined && line.text.startsWith(`${named} `) ? undefined : named;
  const whole = [column, line.text, line.help].filter(Boolean).join(" ");
  return (
    <span className={classes.across} title={whole} data-testid="plan-line">
      {(record.problems.length === 0 || record.code === "") && (
        <span className={classes.acrossName}>{record.title}</span>
      )}
      {column !== undefined && column !== "" && <span className={classes.column}>{column}</span>}
      {line.text !== "" && (
        <span className={classes.message} data-outcome={record.outcome}>
          {line.text}
        </span>
      )}{" "}
      <span className={classes.help}>{line.help}</span>
      {record.outcome === "conflict" && (
        <Contradictions record={record} origin={origin} fields={fields} />
      )}
    </span>
  );
}

/** What contradicts, who it was, and what goes along when the proposal is taken. */
function Contradictions({ record, origin, fields }: RecordLineProps) {
  const fieldOf = (key: string) => fields.find((field) => field.key === key);
  const who = whoChanged(record);
  return (
    <>
      {record.conflicts.map((conflict) => {
        const field = fieldOf(conflict.field);
        return (
          <span key={conflict.field} className={classes.contradiction}>
            <span className={classes.help}>{field?.label}</span>{" "}
            <ConflictValue
              conflict={conflict}
              kind={field?.kind ?? "text"}
              choices={field?.choices}
              origin={origin}
              resolution={record.resolution}
            />
          </span>
        );
      })}
      {who !== null && <span className={classes.who}>({who})</span>}
      {canBeResolved(record) &&
        record.changes.map((change) => {
          const field = fieldOf(change.field);
          return (
            <span key={change.field} className={classes.contradiction}>
              <span className={classes.help}>also {field?.label}</span>{" "}
              <ChangedValue
                change={change}
                kind={field?.kind ?? "text"}
                choices={field?.choices}
                outcome="update"
              />
            </span>
          );
        })}
    </>
  );
}

function changeColumn(column: FieldColumn): Column {
  const { field, label, width, most, numeric, grow, kind, choices } = column;
  return {
    key: field,
    label,
    width,
    ...(grow ? { least: LEAST_WORDS } : {}),
    most,
    grow,
    align: numeric ? "end" : "start",
    render: (record) => {
      const change = changeOf(record, field);
      if (change === undefined) return null;
      const value = (
        <ChangedValue change={change} kind={kind} choices={choices} outcome={record.outcome} />
      );
      return kind === "money" ? <MoneyOf record={toldOf(record)}>{value}</MoneyOf> : value;
    },
    fits: (record) => shownChange(changeOf(record, field), record, column),
    whole: (record) => wholeChange(changeOf(record, field), record, column),
    text: (record) => {
      const change = changeOf(record, field);
      return change ? formatValue(change.new, kind, choices, UNSIGNED) : "";
    },
  };
}

/** Words give their room to amounts, which are never cut. */
const LEAST_WORDS = 130;

const ARROW = " → ";
/** What names a record is text in every kind. */
const TITLE = { kind: "text", choices: [] } as const;
/** Longer lists of choices and tags may be cut. */
const LONGEST = 40;
/** So much of a text is measured: a column for it is never wider. */
const MEASURED = 120;

/** The values that the cell of a change shows, as far as they give it its width. */
function shownSides(
  { old, new: next }: Change,
  outcome: Outcome,
  { kind, choices }: Pick<FieldColumn, "kind" | "choices">,
): string[] {
  const before = outcome === "create" ? "" : formatValue(old, kind, choices);
  const after = isEmptyValue(next) ? "empty" : formatValue(next, kind, choices);
  return [before, after].filter(Boolean).map((side) => side.slice(0, MEASURED));
}

/** A change as its cell shows it where there is room. */
function shownChange(
  change: Change | undefined,
  { outcome }: PlannedRecord,
  column: FieldColumn,
): string {
  if (change === undefined) return "";
  const sides = shownSides(change, outcome, column);
  return sides.map((side) => (column.hasOwnCurrency ? `///${side}` : side)).join(ARROW);
}

/**
 * What of it is never cut: all but running text, and of that what is one word, such as the SKU that
 * another user gave it. Longer words give way in their middle.
 */
function wholeChange(
  change: Change | undefined,
  record: PlannedRecord,
  column: FieldColumn,
): string {
  if (change === undefined) return "";
  if (!column.grow) return shownChange(change, record, column).slice(0, LONGEST);
  const sides = shownSides(change, record.outcome, column);
  return sides.every(isOneWord) ? sides.map((side) => side.slice(0, WHOLE_CODE)).join(ARROW) : "";
}
