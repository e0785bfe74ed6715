import { Anchor, Button } from "@mantine/core";
import { IconPhotoCheck } from "@tabler/icons-react";
import { keepPreviousData, useInfiniteQuery } from "@tanstack/react-query";
import { Link } from "react-router";

import type { FailedBefore, FailedImage, ImageUser } from "../../../bindings";
import { Count } from "../../../components/Count";
import { EmptyState } from "../../../components/EmptyState";
import { ErrorState } from "../../../components/ErrorState";
import { NotAllowed } from "../../../components/NotAllowed";
import { Page } from "../../../components/Page";
import { showErrorToast, showToast } from "../../../components/toast";
import { useCommand } from "../../../host/command";
import { useHost } from "../../../host/context";
import { useMay } from "../../../host/state";
import { formatCount, formatInteger, formatMoment } from "../../../lib/format";
import { paths, recordPath } from "../../../lib/paths";
import { SettingsTabs } from "../SettingsTabs";
import { CleanPictures } from "./CleanPictures";
import classes from "./Pictures.module.css";

/** How many are shown at a time. */
const PAGE_LENGTH = 100;

/** The pictures that did not come, with the reason and who names them. */
export function PicturesPage() {
  const mayView = useMay("view_products");
  if (mayView) return <FailedPictures />;
  return <NotAllowed title="Pictures">Your role does not let you see products.</NotAllowed>;
}

/** The pictures that failed, read on as more of them are asked for. */
function useFailed() {
  const host = useHost();
  const query = useInfiniteQuery({
    queryKey: ["images.failed"],
    queryFn: ({ pageParam: after }) => host.call("images.failed", { after, limit: PAGE_LENGTH }),
    initialPageParam: null as FailedBefore | null,
    getNextPageParam: ({ rows }) => {
      const last = rows[rows.length - 1];
      if (last === undefined || rows.length < PAGE_LENGTH) return null;
      return { address: last.address, state: last.state };
    },
    placeholderData: keepPreviousData,
  });
  const { pages } = query.data ?? { pages: [] };
  return { ...query, rows: pages.flatMap((page) => page.rows), data: pages[pages.length - 1] };
}

function FailedPictures() {
  const mayEdit = useMay("edit_products");
  const mayClean = useMay("purge_products");
  const { rows, data, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } =
    useFailed();
  const { mutate: retry, isPending } = useCommand("images.retry", ({ retried }) =>
    showToast(`${formatCount(retried, "picture")} will be fetched again.`),
  );
  const again = (address: string | null) => retry({ address }, { onError: showErrorToast });
  const total = data?.total ?? 0;
  return (
    <Page
      title="Pictures that failed"
      count={data && <Count value={total} exact />}
      tabs={<SettingsTabs current={paths.failedPictures} />}
      actions={
        <>
          {mayClean && <CleanPictures />}
          {mayEdit && total > 0 && (
            <Button onClick={() => again(null)} loading={isPending} data-testid="retry-all">
              Fetch all again
            </Button>
          )}
        </>
      }
    >
      {error && (
        <ErrorState
          error={error}
          title="The pictures could not be read"
          onRetry={() => void refetch()}
        />
      )}
      {data && data.waiting > 0 && (
        <p className={classes.note} role="status">
          {formatCount(data.waiting, "picture")} still to be fetched.
        </p>
      )}
      {data && total === 0 && (
        <EmptyState icon={<IconPhotoCheck size={22} />} title="Every picture came">
          A picture that cannot be fetched from its address is listed here, with the reason.
        </EmptyState>
      )}
      {data && total > 0 && (
        <>
          <FailedTable rows={rows} onRetry={mayEdit ? again : null} />
          {hasNextPage && (
            <Button
              variant="default"
              mt={12}
              loading={isFetchingNextPage}
              onClick={() => void fetchNextPage()}
            >
              Show more
            </Button>
          )}
        </>
      )}
    </Page>
  );
}

interface FailedTableProps {
  rows: readonly FailedImage[];
  onRetry: ((address: string) => void) | null;
}

function FailedTable({ rows, onRetry }: FailedTableProps) {
  return (
    <table className={classes.table} data-testid="failed-pictures">
      <thead>
        <tr>
          <th scope="col">Address</th>
          <th scope="col">Why</th>
          <th scope="col">Used by</th>
          {onRetry && <th scope="col">Again</th>}
        </tr>
      </thead>
      <tbody>
        {rows.map((row) => (
          <tr key={row.address}>
            <td className={classes.address} title={row.address}>
              {row.address}
            </td>
            <td>
              {row.reason}
              {row.nextTry !== null && (
                <div className={classes.note}>Next try {formatMoment(row.nextTry)}</div>
              )}
            </td>
            <td>
              <Users row={row} />
            </td>
            {onRetry && (
              <td>
                <Button
                  size="compact-sm"
                  variant="default"
                  aria-label={`Fetch ${row.address} again`}
                  onClick={() => onRetry(row.address)}
                >
                  Fetch again
                </Button>
              </td>
            )}
          </tr>
        ))}
      </tbody>
    </table>
  );
}

function Users({ row }: { row: FailedImage }) {
  if (row.users.length === 0) return <span className={classes.note}>Nothing any more</span>;
  const others = row.userCount - row.users.length;
  return (
    <>
      {row.users.map((user) => (
        <User key={user.id} user={user} />
      ))}
      {row.moreUsers && (
        <span className={classes.note}>more than {formatInteger(row.userCount)} in all</span>
      )}
      {!row.moreUsers && others > 0 && (
        <span className={classes.note}>and {formatInteger(others)} more</span>
      )}
    </>
  );
}

function User({ user }: { user: ImageUser }) {
  const path = recordPath(user.kind, user.id);
  return (
    <div title={user.title}>
      {path === null ? (
        user.code
      ) : (
        <Anchor component={Link} to={path}>
          {user.code}
        </Anchor>
      )}
      {user.trashed && <span className={classes.note}> in the trash</span>}
    </div>
  );
}
