import { Button } from "@mantine/core";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import type { ComponentType, ReactNode } from "react";
import { Link } from "react-router";

import type { DataRecord, Field, RecordId } from "../../bindings";
import { ErrorState } from "../../components/ErrorState";
import { useHost } from "../../host/context";
import { formatInteger } from "../../lib/format";
import { commandQuery } from "../../lib/query";
import { useSeenArea } from "../records/areas";
import { LinkCard } from "./LinkCard";
import classes from "./Links.module.css";

/** More than this many are looked at in the list of supplier products. */
const MOST_SHOWN = 100;

interface LinkListProps {
  /** The record that they name, and the field by which they do. */
  of: { field: Field; id: RecordId };
  /** In which order they stand: a field, and what decides before it. */
  sort: Field;
  compare?: (a: DataRecord, b: DataRecord) => number;
  /** What a card is called, and where that leads. */
  Title: ComponentType<{ link: DataRecord }>;
  /** Whether they can be changed here. */
  mayEdit: boolean;
  /** Whether the supplier to order from first is chosen here. */
  isRanked: boolean;
  /** All of them, when they are too many to be shown here. */
  all: string;
  /** What stands where there is none, and how one is added. */
  empty: ReactNode;
  add: ReactNode;
}

/** The supplier products of one supplier or one product, each with its terms, edited in place. */
export function LinkList({ of, sort, compare, Title, empty, add, ...card }: LinkListProps) {
  const { count } = useSeenArea("supplier_products");
  const { data, error, refetch } = useQuery({
    ...commandQuery(useHost(), "supplier_products.list", {
      of,
      sort,
      trashed: false,
      descending: false,
      offset: 0,
      limit: MOST_SHOWN,
    }),
    placeholderData: keepPreviousData,
  });
  if (error) {
    return (
      <ErrorState
        error={error}
        title="The supplier products could not be read"
        onRetry={() => void refetch()}
      />
    );
  }
  if (data?.total === 0) return empty;
  const links = compare ? data?.rows.toSorted(compare) : data?.rows;
  return (
    <div className={classes.links} aria-busy={data === undefined}>
      {add}
      <ul className={classes.list} data-testid="links">
        {links?.map((link) => (
          <LinkCard
            key={link.id}
            link={link}
            title={<Title link={link} />}
            mayEdit={card.mayEdit}
            isRanked={card.isRanked}
          />
        ))}
      </ul>
      {data && data.total > data.rows.length && (
        <p className={classes.more}>
          The first {formatInteger(data.rows.length)} of {count(data.total)}.
          <Button component={Link} to={card.all} variant="subtle" size="compact-sm">
            Show all
          </Button>
        </p>
      )}
    </div>
  );
}
