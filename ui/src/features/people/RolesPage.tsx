import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useMemo, useState } from "react";
import { Link, Outlet, useMatch, useNavigate, useParams } from "react-router";

import type { RoleInfo } from "../../bindings";
import { Count } from "../../components/Count";
import { ErrorState } from "../../components/ErrorState";
import {
  DataGrid,
  focusGrid,
  type GridSort,
  useGridKeys,
  useGridLayout,
  useLocalPages,
} from "../../components/grid";
import { NotAllowed } from "../../components/NotAllowed";
import { Page } from "../../components/Page";
import { Split } from "../../components/Split";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { ROLE_COLUMNS, sortRoles } from "./columns";
import { PeopleTabs } from "./PeopleTabs";

const keyOf = ({ key }: RoleInfo): string => key;
const labelOf = ({ name }: RoleInfo): string => name;

/** The roles that people can have: the built-in ones, and those made here. */
export function RolesPage() {
  const mayManage = useMay("manage_users");
  if (mayManage) return <Roles />;
  return <NotAllowed title="Roles">Your role does not let you manage roles.</NotAllowed>;
}

function Roles() {
  const list = useQuery(commandQuery(useHost(), "roles.list", {}));
  const navigate = useNavigate();
  const openKey = useParams()["key"];
  const isPanelOpen = useMatch(paths.roles) === null;
  useGridKeys(!isPanelOpen);
  const layout = useGridLayout("roles", ROLE_COLUMNS);
  const [sort, setSort] = useState<GridSort>();
  const roles = useMemo(() => sortRoles(list.data, sort), [list.data, sort]);
  const pages = useLocalPages(roles);
  const panel = useMemo(
    () => ({
      close: () => {
        void navigate(paths.roles);
        focusGrid();
      },
    }),
    [navigate],
  );
  return (
    <Split panel={<Outlet context={panel} />} isPanelOpen={isPanelOpen}>
      <Page
        title="Roles"
        count={<Count value={list.data?.length} />}
        actions={
          <Button
            component={Link}
            to={paths.newRole}
            leftSection={<IconPlus size={16} />}
            data-testid="new-role"
          >
            Make a role
          </Button>
        }
        toolbar={<PeopleTabs current={paths.roles} />}
        scroll={false}
      >
        {list.error ? (
          <ErrorState
            error={list.error}
            title="The roles could not be read"
            onRetry={() => void list.refetch()}
          />
        ) : (
          <DataGrid
            label="Roles"
            layout={layout}
            pages={pages}
            total={list.data?.length}
            rowKey={keyOf}
            rowLabel={labelOf}
            {...(sort ? { sort } : {})}
            onSort={setSort}
            onOpen={({ key }) => void navigate(paths.role(key), { replace: isPanelOpen })}
            openKey={openKey}
            listKey={JSON.stringify(sort ?? null)}
            empty={null}
          />
        )}
      </Page>
    </Split>
  );
}
