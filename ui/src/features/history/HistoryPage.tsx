import { Button } from "@mantine/core";
import { IconDownload, IconHistory, IconSearchOff, IconShieldCheck } from "@tabler/icons-react";
import { useMemo } from "react";
import { Outlet, useMatch, useNavigate, useParams, useSearchParams } from "react-router";

import type { HistoryEntry, HistoryFilter } from "../../bindings";
import { Count } from "../../components/Count";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { ColumnsMenu, DataGrid, useGridLayout } from "../../components/grid";
import { NotAllowed } from "../../components/NotAllowed";
import { Page } from "../../components/Page";
import { focusGrid, SearchInput } from "../../components/SearchInput";
import { Split } from "../../components/Split";
import { useAppState, useMay } from "../../host/state";
import { paths } from "../../lib/paths";
import { maySeeHistory } from "../../lib/rights";
import { historyColumns } from "./columns";
import { FilterBar } from "./FilterBar";
import { type HistoryView, isNarrowed, readView, toFilter, writeView } from "./filters";
import type { HistoryPanel } from "./panel";
import { useExportHistory } from "./useExportHistory";
import { useHistory } from "./useHistory";
import { useKinds } from "./useKinds";
import { useVerification, VerifyBar } from "./VerifyBar";

const keyOf = ({ number }: HistoryEntry): string => String(number);
const labelOf = ({ label }: HistoryEntry): string => label;

/** Everything that was ever done: who, when, what, and from where. */
export function HistoryPage() {
  const permissions = useAppState().person?.permissions ?? [];
  if (maySeeHistory(permissions)) return <History />;
  return <NotAllowed title="History">Your role does not let you see the history.</NotAllowed>;
}

function History() {
  const { view, show } = useView();
  const filter = useMemo(() => toFilter(view), [view]);
  const list = useHistory(filter);
  const kindOf = useKinds();
  const columns = useMemo(() => historyColumns(kindOf), [kindOf]);
  const layout = useGridLayout("history", columns);
  const navigate = useNavigate();
  const openNumber = useParams()["number"];
  const isPanelOpen = useMatch(paths.history) === null;
  const search = writeView(view).toString();
  const verification = useVerification();
  const panel = useMemo<HistoryPanel>(
    () => ({
      close: () => {
        void navigate({ pathname: paths.history, search });
        focusGrid();
      },
      narrow: (parts) => {
        const next = writeView({ ...readView(new URLSearchParams(search)), ...parts });
        void navigate({ pathname: paths.history, search: next.toString() });
      },
    }),
    [navigate, search],
  );
  return (
    <Split panel={<Outlet context={panel} />} isPanelOpen={isPanelOpen}>
      <Page
        title="History"
        count={<Count value={list.read} exact={list.isWhole} />}
        search={
          <SearchInput
            label="Search the history"
            placeholder="Search SKU, name or e-mail"
            initial={view.q ?? ""}
            onSearch={(query) => show({ ...view, q: query })}
            testid="history-search"
          />
        }
        actions={<Actions filter={filter} verification={verification} />}
        toolbar={
          <FilterBar
            {...{ view, show }}
            entries={list.pages}
            columns={<ColumnsMenu layout={layout} />}
          />
        }
        scroll={false}
      >
        <VerifyBar verification={verification} />
        {list.error ? (
          <ErrorState
            error={list.error}
            title="The history could not be read"
            onRetry={list.retry}
          />
        ) : (
          <DataGrid
            label="History"
            layout={layout}
            pages={list.pages}
            total={list.total}
            rowKey={keyOf}
            rowLabel={labelOf}
            onOpen={({ number }) =>
              void navigate(
                { pathname: paths.historyEntry(number), search },
                { replace: isPanelOpen },
              )
            }
            openKey={openNumber}
            listKey={search}
            empty={<Nothing view={view} onShowAll={() => show({})} />}
          />
        )}
      </Page>
    </Split>
  );
}

/** The view stands in the address: links, back and reload keep it. */
function useView() {
  const [params, setParams] = useSearchParams();
  const key = params.toString();
  const view = useMemo(() => readView(new URLSearchParams(key)), [key]);
  const show = (next: HistoryView) => setParams(writeView(next), { replace: true });
  return { view, show };
}

interface ActionsProps {
  filter: HistoryFilter;
  verification: ReturnType<typeof useVerification>;
}

function Actions({ filter, verification }: ActionsProps) {
  const mayVerify = useMay("view_history");
  const save = useExportHistory();
  return (
    <>
      {mayVerify && (
        <Button
          variant="default"
          leftSection={<IconShieldCheck size={16} />}
          loading={verification.isRunning}
          onClick={verification.start}
          title="Checks that nothing was changed past the app"
          data-testid="verify-history"
        >
          Verify
        </Button>
      )}
      <Button
        variant="default"
        leftSection={<IconDownload size={16} />}
        loading={save.isPending}
        onClick={() => save.mutate(filter)}
        title="One line for each changed field, with the filters of now"
        data-testid="export-history"
      >
        Export
      </Button>
    </>
  );
}

function Nothing({ view, onShowAll }: { view: HistoryView; onShowAll: () => void }) {
  return isNarrowed(view) ? (
    <EmptyState
      icon={<IconSearchOff size={22} />}
      title="Nothing like that happened"
      actions={
        <Button variant="default" onClick={onShowAll}>
          Show the whole history
        </Button>
      }
    >
      No entry of the history passes these filters.
    </EmptyState>
  ) : (
    <EmptyState icon={<IconHistory size={22} />} title="Nothing happened yet">
      Every change, every sign-in and every new setting is kept here, with who did it and when.
    </EmptyState>
  );
}
