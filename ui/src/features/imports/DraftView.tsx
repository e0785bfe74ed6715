import { Button, Tooltip } from "@mantine/core";
import { IconAlertTriangle, IconInfoCircle } from "@tabler/icons-react";
import { useLocation, useNavigate } from "react-router";

import { Page } from "../../components/Page";
import { IMPORT_STEPS, Steps } from "../../components/Steps";
import { formatBytes, formatCount } from "../../lib/format";
import { paths } from "../../lib/paths";
import { MOD_LABEL, useShortcuts } from "../../lib/shortcuts";
import classes from "./DraftView.module.css";
import { HoldingSettings } from "./HoldingSettings";
import { ImportOptions } from "./ImportOptions";
import { MappingTable } from "./MappingTable";
import { rememberPlan } from "./PassedDraft";
import { Preview } from "./Preview";
import { Questions } from "./Questions";
import { RememberedMapping } from "./RememberedMapping";
import { ReadSettings } from "./ReadSettings";
import { blocker } from "./settings";
import type { Draft } from "./useDraft";

/** A file that was read: how it is understood, what each column feeds, and on to the review. */
export function DraftView(props: Draft) {
  const { draft, settings, change } = props;
  return (
    <Page
      title={`Import ${draft.fileName}`}
      count={`${formatCount(draft.rows, "row")} · ${formatBytes(draft.size)}`}
      actions={<Steps steps={IMPORT_STEPS} current={1} />}
      scroll={false}
    >
      <div className={classes.body} data-testid="import-draft">
        <div className={classes.main}>
          {draft.remembered !== null && (
            <RememberedMapping
              remembered={draft.remembered}
              busy={props.busy}
              onStartOver={props.startOver}
            />
          )}
          <Notes notes={draft.notes} warnings={draft.warnings} />
          <Questions draft={draft} settings={settings} onChange={change} />
          <MappingTable draft={draft} settings={settings} onChange={change} />
          <Preview draft={draft} settings={settings} />
        </div>
        <aside className={classes.side} aria-label="How the file is read">
          <HoldingSettings draft={draft} settings={settings} onChange={change} />
          <ReadSettings draft={draft} settings={settings} onChange={change} />
          <ImportOptions kind={draft.kind} settings={settings} onChange={change} />
        </aside>
      </div>
      <ContinueBar {...props} />
    </Page>
  );
}

function Notes({ notes, warnings }: { notes: readonly string[]; warnings: readonly string[] }) {
  if (notes.length + warnings.length === 0) return null;
  return (
    <ul className={classes.notes} data-testid="import-notes">
      {warnings.map((warning) => (
        <li key={warning} data-warning>
          <IconAlertTriangle size={16} aria-label="Warning" />
          {warning}
        </li>
      ))}
      {notes.map((note) => (
        <li key={note}>
          <IconInfoCircle size={16} />
          {note}
        </li>
      ))}
    </ul>
  );
}

function ContinueBar({ draft, settings, plan }: Draft) {
  const navigate = useNavigate();
  const page = useLocation();
  const reason = blocker(draft, settings);
  const review = () => {
    if (reason !== null || plan.isPending) return;
    plan.mutate(undefined, {
      onSuccess: (started) => {
        if (!started) return;
        const id = started.plan ?? draft.id;
        rememberPlan(page, id);
        void navigate(paths.plan(id, started.job));
      },
    });
  };
  useShortcuts({ "mod+enter": review });
  return (
    <footer className={classes.footer}>
      <p className={classes.reason} data-blocked={reason !== null || undefined} role="status">
        {reason ?? "Nothing changes yet: the next step shows what the file would do."}
      </p>
      <Button variant="default" onClick={() => void navigate(paths.imports)}>
        Cancel
      </Button>
      <Tooltip label={reason} disabled={reason === null} position="top-end">
        <Button
          onClick={review}
          disabled={reason !== null}
          title={`${MOD_LABEL} Enter`}
          loading={plan.isPending}
          data-testid="import-continue"
        >
          Review {formatCount(draft.rows, "row")}
        </Button>
      </Tooltip>
    </footer>
  );
}
