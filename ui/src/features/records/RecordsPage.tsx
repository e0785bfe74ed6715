import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMemo, type ReactNode } from "react";
import { Outlet, useNavigate } from "react-router";

import type { DataRecord } from "../../bindings";
import { Count } from "../../components/Count";
import { ErrorState } from "../../components/ErrorState";
import {
  DataGrid,
  type GridSelection,
  useGridKeys,
  useGridLayout,
  countSelected,
  useGridSelection,
} from "../../components/grid";
import { NotAllowed } from "../../components/NotAllowed";
import { Page } from "../../components/Page";
import { SearchInput } from "../../components/SearchInput";
import { Split } from "../../components/Split";
import { Toolbar } from "../../components/Toolbar";
import { kindPlural } from "../../lib/kinds";
import { textOf } from "../../lib/values";
import { ExportButton } from "../exports/ExportButton";
import { useArea, useSeenArea } from "./areas";
import { recordColumns } from "./columns";
import type { RecordList } from "./list";
import { NoRecords } from "./NoRecords";
import { RecordFilters } from "./RecordFilters";
import { SelectionBar } from "./SelectionBar";
import { useListPanel } from "./useListPanel";
import { useListView } from "./useListView";
import { useRecordList } from "./useRecordList";
import { narrowingOf, type RecordView, viewCodec } from "./view";

const rowKey = (row: DataRecord) => row.id;

interface RecordsPageProps {
  list: RecordList;
  /** The lists of the same area of the window. */
  tabs?: ReactNode;
}

/** The list of the records of a kind: search, filters, the grid, and one record beside it. */
export function RecordsPage(props: RecordsPageProps) {
  const isSeen = useArea(props.list.area) !== undefined;
  if (isSeen) return <SeenRecords key={props.list.area} {...props} />;
  return <NotAllowed title="Records">Your role does not let you see this list.</NotAllowed>;
}

function SeenRecords({ list, tabs }: RecordsPageProps) {
  const { kind } = useSeenArea(list.area);
  const columns = useMemo(() => recordColumns(kind, list), [kind, list]);
  const codec = useMemo(
    () =>
      viewCodec(
        list,
        columns.flatMap(({ sort }) => sort ?? []),
      ),
    [list, columns],
  );
  const { view, change } = useListView(codec);
  const { pages, total, error, retry } = useRecordList(list.area, view);
  const layout = useGridLayout(list.area, columns);
  const listKey = JSON.stringify(view);
  const selection = useGridSelection(listKey);
  const search = `?${codec.write(view).toString()}`;
  const { open, follow, openId, isPanelOpen, panel } = useListPanel({
    pages,
    total,
    list: list.path,
    record: list.record,
    search,
  });
  const name = kindPlural(kind);
  return (
    <Split panel={<Outlet context={panel} />} isPanelOpen={isPanelOpen}>
      <Page
        title={view.trashed ? "Trash" : name}
        windowTitle={view.trashed ? `${name}, trash` : name}
        count={<Count value={total} />}
        tabs={tabs}
        search={
          <Search
            key={String(view.trashed)}
            list={list}
            initial={view.search}
            onSearch={(words) => change({ search: words }, { replace: true })}
            leadsToGrid={!isPanelOpen}
          />
        }
        actions={<Actions list={list} view={view} search={search} isEmpty={total === 0} />}
        toolbar={
          <Toolbar
            instead={
              countSelected(selection) > 0 && (
                <Selected list={list} selection={selection} view={view} />
              )
            }
          >
            <RecordFilters list={list} layout={layout} view={view} onChange={change} />
          </Toolbar>
        }
        scroll={false}
      >
        {error ? (
          <ErrorState
            error={error}
            title={`The ${kind.plural} could not be read`}
            onRetry={retry}
          />
        ) : (
          <DataGrid
            label={name}
            layout={layout}
            pages={pages}
            total={total}
            rowKey={rowKey}
            rowLabel={({ fields }) => textOf(fields, kind.code)}
            sort={{ key: view.sort ?? kind.code, descending: view.descending }}
            onSort={({ key, descending }) =>
              change({ sort: key === kind.code ? null : key, descending })
            }
            selection={selection}
            onOpen={open}
            onCursor={follow}
            openKey={openId}
            listKey={listKey}
            empty={<NoRecords list={list} view={view} onShow={change} />}
          />
        )}
      </Page>
    </Split>
  );
}

interface ActionsProps {
  list: RecordList;
  view: RecordView;
  /** The view as the address has it. */
  search: string;
  /** Whether nothing is listed. */
  isEmpty: boolean;
}

function Actions({ list, view, search, isEmpty }: ActionsProps) {
  const { kind, mayEdit } = useSeenArea(list.area);
  const navigate = useNavigate();
  const narrowing = narrowingOf(view);
  return (
    <>
      {(!isEmpty || narrowing !== null) && (
        <ExportButton scope={{ kind, narrowing }} testid="export" />
      )}
      {mayEdit && (
        <Button
          leftSection={<IconPlus size={16} />}
          onClick={() => void navigate({ pathname: list.newRecord, search })}
          data-testid="new-record"
        >
          New
        </Button>
      )}
    </>
  );
}

interface SelectedProps {
  list: RecordList;
  selection: GridSelection;
  view: RecordView;
}

/** What can be done with the selected records, and what is to be known before. */
function Selected({ list, selection, view }: SelectedProps) {
  const { area, TrashNote, PurgeNote } = list;
  const ids = Array.from(selection.selected);
  return (
    <SelectionBar
      area={area}
      selection={selection}
      inTrash={view.trashed}
      narrowing={narrowingOf(view) ?? { filter: {} }}
      {...(TrashNote ? { trashAsks: <TrashNote ids={ids} /> } : {})}
      {...(PurgeNote ? { purgesMore: <PurgeNote ids={ids} /> } : {})}
    />
  );
}

interface SearchProps {
  list: RecordList;
  initial: string;
  onSearch: (words: string) => void;
  /** Whether the keys of the list go on to it from anywhere. */
  leadsToGrid: boolean;
}

function Search({ list, initial, onSearch, leadsToGrid }: SearchProps) {
  const { kind } = useSeenArea(list.area);
  useGridKeys(leadsToGrid);
  return (
    <SearchInput
      label={`Search ${kind.plural}`}
      placeholder={`Search ${list.searches}`}
      initial={initial}
      onSearch={onSearch}
      testid="record-search"
    />
  );
}
