import { useMemo } from "react";
import { Outlet, useMatch, useNavigate, useParams, useSearchParams } from "react-router";

import type { HistoryEntry } from "../../bindings";
import { Count } from "../../components/Count";
import { ErrorState } from "../../components/ErrorState";
import {
  ColumnsMenu,
  DataGrid,
  focusGrid,
  useGridKeys,
  useGridLayout,
} from "../../components/grid";
import { NotAllowed } from "../../components/NotAllowed";
import { Page } from "../../components/Page";
import { SearchInput } from "../../components/SearchInput";
import { Split } from "../../components/Split";
import { useAppState } from "../../host/state";
import { paths } from "../../lib/paths";
import { maySeeHistory } from "../../lib/rights";
import { historyColumns } from "./columns";
import { type HistoryView, readView, singlesOut, toFilter, writeView } from "./filters";
import { HistoryActions } from "./HistoryActions";
import { HistoryFilters } from "./HistoryFilters";
import { NoHistory } from "./NoHistory";
import type { HistoryPanel } from "./panel";
import { useHistory } from "./useHistory";
import { useVerification, VerifyBar } from "./VerifyBar";

const keyOf = ({ number }: HistoryEntry): string => String(number);
const labelOf = ({ title }: HistoryEntry): string => title;

/** Everything that was ever done, one line for each batch: who, when, what, and from where. */
export function HistoryPage() {
  const permissions = useAppState().person?.permissions ?? [];
  if (maySeeHistory(permissions)) return <History />;
  return <NotAllowed title="History">Your role does not let you see the history.</NotAllowed>;
}

function History() {
  const { view, show } = useView();
  const filter = useMemo(() => toFilter(view), [view]);
  const byBatch = !singlesOut(view);
  const list = useHistory(useMemo(() => ({ ...filter, byBatch }), [filter, byBatch]));
  const columns = useMemo(() => historyColumns(byBatch), [byBatch]);
  const layout = useGridLayout("history", columns);
  const navigate = useNavigate();
  const openNumber = useParams()["number"];
  const isPanelOpen = useMatch(paths.history) === null;
  const search = writeView(view).toString();
  useGridKeys(!isPanelOpen);
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
        actions={<HistoryActions filter={filter} verification={verification} />}
        toolbar={
          <HistoryFilters
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
            onOpen={({ number, batch }) =>
              void (batch === null
                ? navigate(
                    { pathname: paths.historyEntry(number), search },
                    { replace: isPanelOpen },
                  )
                : navigate(paths.batch(batch.id)))
            }
            openKey={openNumber}
            listKey={search}
            empty={<NoHistory view={view} onShowAll={() => show({})} />}
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
