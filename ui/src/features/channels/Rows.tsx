import { Button, Skeleton } from "@mantine/core";
import type { ReactNode } from "react";

import { ErrorState } from "../../components/ErrorState";
import classes from "./Channels.module.css";

/** A list that is read on as more of it is asked for. */
interface ReadOn<T> {
  rows: readonly T[] | undefined;
  error: unknown;
  refetch: () => unknown;
  hasNextPage: boolean;
  isFetchingNextPage: boolean;
  fetchNextPage: () => unknown;
}

interface RowsProps<T> {
  list: ReadOn<T>;
  /** What they are: "failures". */
  what: string;
  /** What stands there when there are none. */
  empty: ReactNode;
  children: (rows: readonly T[]) => ReactNode;
  /** Of the button that reads on. */
  testid: string;
}

/** The rows of a list as far as they are read: while they are, when that failed, and when there are none. */
export function Rows<T>({ list, what, empty, children, testid }: RowsProps<T>) {
  const { rows, error, refetch, hasNextPage, isFetchingNextPage, fetchNextPage } = list;
  if (error) {
    const title = `${what.charAt(0).toUpperCase()}${what.slice(1)} could not be read`;
    return <ErrorState error={error} title={title} onRetry={() => void refetch()} />;
  }
  if (rows === undefined) return <RowsSkeleton what={what} />;
  return (
    <>
      {rows.length === 0 ? empty : children(rows)}
      {hasNextPage && (
        <Button
          variant="default"
          mt={12}
          loading={isFetchingNextPage}
          onClick={() => void fetchNextPage()}
          data-testid={testid}
        >
          Show more
        </Button>
      )}
    </>
  );
}

/** Stands in the place of rows while they are read. */
export function RowsSkeleton({ what }: { what: string }) {
  return <Skeleton height={160} role="status" aria-busy aria-label={`Reading ${what}`} />;
}

/** What stands above a column: its name, or what chooses all rows. */
export interface Head {
  label: ReactNode;
  /** "number" for what is aligned right, "aside" for what gives way beside a panel, "asideNumber" for both. */
  as?: "number" | "aside" | "asideNumber";
}

interface TableProps {
  heads: readonly (string | Head)[];
  children: ReactNode;
  testid: string;
}

/** A plain table of the area: what stands above its columns, then its rows. */
export function Table({ heads, children, testid }: TableProps) {
  return (
    <table className={classes.table} data-testid={testid}>
      <thead>
        <tr>
          {heads.map((head) => {
            const { label, as }: Head = typeof head === "string" ? { label: head } : head;
            return (
              <th
                key={typeof label === "string" ? label : "choose"}
                scope="col"
                className={as && classes[as]}
              >
                {label}
              </th>
            );
          })}
        </tr>
      </thead>
      <tbody>{children}</tbody>
    </table>
  );
}
