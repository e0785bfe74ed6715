import { Button } from "@mantine/core";
import { IconSearchOff, IconUserPlus } from "@tabler/icons-react";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link, Outlet, useMatch, useNavigate, useParams, useSearchParams } from "react-router";

import type { NewPassword, User, UserSort } from "../../bindings";
import { Count } from "../../components/Count";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import {
  DataGrid,
  focusGrid,
  useGridKeys,
  useGridLayout,
  useLocalPages,
} from "../../components/grid";
import { NotAllowed } from "../../components/NotAllowed";
import { Page } from "../../components/Page";
import { SearchInput } from "../../components/SearchInput";
import { Split } from "../../components/Split";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { PEOPLE_COLUMNS } from "./columns";
import type { PeoplePanel } from "./panel";
import { PasswordOnce } from "./PasswordOnce";
import { PeopleTabs } from "./PeopleTabs";

const SORTS: readonly UserSort[] = ["name", "email", "role", "status", "last_sign_in"];

const keyOf = ({ id }: User): string => id;
const labelOf = ({ name }: User): string => name;

/** Who can sign in to this workspace, and as what. */
export function PeoplePage() {
  const mayManage = useMay("manage_users");
  if (mayManage) return <People />;
  return <NotAllowed title="People">Your role does not let you manage people.</NotAllowed>;
}

function People() {
  const { view, change, list } = usePeopleList();
  const navigate = useNavigate();
  const openId = useParams()["id"];
  const isPanelOpen = useMatch(paths.people) === null;
  useGridKeys(!isPanelOpen);
  const layout = useGridLayout("people", PEOPLE_COLUMNS);
  const pages = useLocalPages(list.data?.users);
  const [made, setMade] = useState<NewPassword | null>(null);
  const [params] = useSearchParams();
  const search = params.toString();
  const panel = useMemo<PeoplePanel>(
    () => ({
      close: () => {
        void navigate({ pathname: paths.people, search });
        focusGrid();
      },
      showPassword: setMade,
    }),
    [navigate, search],
  );
  return (
    <Split panel={<Outlet context={panel} />} isPanelOpen={isPanelOpen}>
      <Page
        title="People"
        count={<Count value={list.data?.total} />}
        search={
          <SearchInput
            label="Search people"
            placeholder="Search name or e-mail"
            initial={view.search}
            onSearch={(query) => change({ q: query })}
            testid="people-search"
          />
        }
        actions={<AddButton search={search} />}
        toolbar={<PeopleTabs current={paths.people} />}
        scroll={false}
      >
        {list.error ? (
          <ErrorState
            error={list.error}
            title="The people could not be read"
            onRetry={() => void list.refetch()}
          />
        ) : (
          <DataGrid
            label="People"
            layout={layout}
            pages={pages}
            total={list.data?.users.length}
            rowKey={keyOf}
            rowLabel={labelOf}
            sort={{ key: view.sort, descending: view.descending }}
            onSort={({ key, descending }) => change({ sort: key, desc: descending ? "1" : "" })}
            onOpen={({ id }) =>
              void navigate({ pathname: paths.person(id), search }, { replace: isPanelOpen })
            }
            openKey={openId}
            listKey={JSON.stringify(view)}
            empty={
              <EmptyState icon={<IconSearchOff size={22} />} title="No person matches">
                No person has “{view.search}” in their name or e-mail address.
              </EmptyState>
            }
          />
        )}
      </Page>
      <PasswordOnce made={made} onClose={() => setMade(null)} />
    </Split>
  );
}

function AddButton({ search }: { search: string }) {
  return (
    <Button
      component={Link}
      to={{ pathname: paths.newPerson, search }}
      leftSection={<IconUserPlus size={16} />}
      data-testid="new-person"
    >
      Add a person
    </Button>
  );
}

/** The list as the address has it. */
function usePeopleList() {
  const [params, setParams] = useSearchParams();
  const view = {
    search: params.get("q") ?? "",
    sort: SORTS.find((each) => each === params.get("sort")) ?? "name",
    descending: params.get("desc") === "1",
  };
  const change = (part: Record<string, string>) =>
    setParams(
      (old) => {
        const next = new URLSearchParams({ ...Object.fromEntries(old), ...part });
        for (const [key, value] of Object.entries(part)) if (value === "") next.delete(key);
        return next;
      },
      { replace: true },
    );
  const list = useQuery({
    ...commandQuery(useHost(), "users.list", view),
    placeholderData: keepPreviousData,
  });
  return { view, change, list };
}
