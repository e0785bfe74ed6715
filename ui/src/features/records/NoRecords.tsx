import { Button } from "@mantine/core";
import { IconFileImport, IconPlus, IconSearchOff, IconTrash } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";

import { EmptyState } from "../../components/EmptyState";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { useSeenArea } from "./areas";
import type { RecordList } from "./list";
import { narrowedParts, wholeList, type RecordView } from "./view";

interface NoRecordsProps {
  list: RecordList;
  view: RecordView;
  onShow: (view: RecordView) => void;
}

/** Why a list is empty, and what to do about it. */
export function NoRecords({ list, view, onShow }: NoRecordsProps) {
  const { kind } = useSeenArea(list.area);
  if (view.search !== "" || narrowedParts(view) > 0) {
    return (
      <EmptyState
        icon={<IconSearchOff size={22} />}
        title="Nothing matches"
        actions={
          <Button variant="default" onClick={() => onShow(wholeList(view))}>
            {view.trashed ? "Show the whole trash" : `Show all ${kind.plural}`}
          </Button>
        }
      >
        {view.search !== ""
          ? `No ${kind.label} has "${view.search}" in its ${list.searches} and passes the filters.`
          : `No ${kind.label} passes these filters.`}
      </EmptyState>
    );
  }
  if (view.trashed) {
    return (
      <EmptyState
        icon={<IconTrash size={22} />}
        title="The trash is empty"
        actions={
          <Button variant="default" onClick={() => onShow({ ...view, trashed: false })}>
            Show the {kind.plural}
          </Button>
        }
      >
        What is moved to the trash stays here and can be restored.
      </EmptyState>
    );
  }
  return <FirstRecord list={list} onOpenTrash={() => onShow({ ...view, trashed: true })} />;
}

/** What to do where no record is, or none that is not in the trash. */
function FirstRecord({ list, onOpenTrash }: { list: RecordList; onOpenTrash: () => void }) {
  const { kind, mayEdit } = useSeenArea(list.area);
  const mayImport = useMay("import");
  const navigate = useNavigate();
  const request = { trashed: true, descending: false, offset: 0, limit: 1 };
  const trash = useQuery(commandQuery(useHost(), `${list.area}.list`, request));
  const inTrash = trash.data?.total ?? 0;
  const Icon = list.icon;
  return (
    <EmptyState
      icon={<Icon size={22} />}
      title={inTrash > 0 ? `Every ${kind.label} is in the trash` : `No ${kind.plural} yet`}
      actions={
        <>
          {mayEdit && (
            <Button
              leftSection={<IconPlus size={16} />}
              onClick={() => void navigate(list.newRecord)}
              data-testid="first-record"
            >
              New {kind.label}
            </Button>
          )}
          {mayEdit && mayImport && (list.isImported ?? true) && (
            <Button
              component={Link}
              to={paths.newImport()}
              variant="default"
              leftSection={<IconFileImport size={16} />}
              data-testid="import-records"
            >
              Import a price file
            </Button>
          )}
          {inTrash > 0 && (
            <Button variant="default" leftSection={<IconTrash size={16} />} onClick={onOpenTrash}>
              Open the trash
            </Button>
          )}
        </>
      }
    >
      {list.about}
    </EmptyState>
  );
}
