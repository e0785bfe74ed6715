import { Button, Select } from "@mantine/core";
import { IconChecks, IconSearchOff } from "@tabler/icons-react";
import { useMutation } from "@tanstack/react-query";
import { useState } from "react";
import { useSearchParams } from "react-router";

import type { ListingFilter, ListingInfo, ListingSums, RecordId } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { SearchInput } from "../../components/SearchInput";
import { showErrorToast, showInfo } from "../../components/toast";
import { Toolbar } from "../../components/Toolbar";
import { useCommand } from "../../host/command";
import { useHost } from "../../host/context";
import { formatCount, formatInteger } from "../../lib/format";
import type { ChannelTabProps } from "./channelTab";
import classes from "./Channels.module.css";
import { filterOf, SHOWN_LISTINGS } from "./listingFilters";
import { ListingTable } from "./ListingTable";
import { QueueTable } from "./QueueTable";
import { Rows } from "./Rows";
import { SelectedListings } from "./SelectedListings";
import { useChannelRights } from "./useChannelRights";
import { readAll, useListings } from "./useListings";

const NONE: ReadonlySet<string> = new Set();

/** What the shop has: which product each is, what is ignored, what is wanted here or there. */
export function MatchTab({ channel, status }: ChannelTabProps) {
  const [params, setParams] = useSearchParams();
  const filter = filterOf(params.get("show"));
  const search = params.get("q") ?? "";
  const { mayMatch } = useChannelRights();
  const isEditable = mayMatch && !channel.trashed;
  const listings = useListings({ channel: channel.id, filter, search });
  const isMany = isEditable && filter === "unmatched" && search === "";
  const { chosen, choose, selected, isAllShown, everything } = useSelection(
    channel.id,
    isMany ? (listings.rows ?? []) : [],
  );
  const show = (next: ListingFilter) => {
    choose(NONE);
    setParams({ show: next });
  };
  return (
    <div className={classes.content}>
      <Toolbar
        instead={
          selected.length > 0 && (
            <SelectedListings
              channel={channel.id}
              listings={selected}
              more={isAllShown && listings.hasNextPage ? (status?.sums.unmatched ?? null) : null}
              onSelectAll={() => everything.mutate()}
              isSelecting={everything.isPending}
              onDone={() => choose(NONE)}
            />
          )
        }
      >
        <div className={classes.bar}>
          <Filter filter={filter} sums={status?.sums} onShow={show} />
          <div className={classes.search}>
            <SearchInput
              key={filter}
              label="Search what the shop has"
              placeholder="SKU, barcode or title, in all lists"
              initial={search}
              onSearch={(q) =>
                setParams(q === "" ? { show: filter } : { show: filter, q }, { replace: true })
              }
              testid="listing-search"
            />
          </div>
          {isEditable && <MatchButton channel={channel} />}
        </div>
      </Toolbar>
      <Rows
        list={listings}
        what="what the shop has"
        empty={<NoListings filter={filter} search={search} isRead={status?.fetchedAt !== null} />}
        testid="more-listings"
      >
        {(shown) =>
          filter === "waiting" && search === "" ? (
            <QueueTable rows={shown} />
          ) : (
            <ListingTable
              rows={shown}
              choice={isMany ? { chosen, choose } : null}
              mayMatch={isEditable}
            />
          )
        }
      </Rows>
    </div>
  );
}

/** Which of the rows that are shown are selected, or everything in the list. */
function useSelection(channel: RecordId, rows: readonly ListingInfo[]) {
  const host = useHost();
  const [chosen, setChosen] = useState(NONE);
  const everything = useMutation({
    mutationFn: () => readAll(host, { channel, filter: "unmatched" }),
    onSuccess: (all) => setChosen(new Set(all.map(({ id }) => id))),
    onError: showErrorToast,
  });
  const choose = (next: ReadonlySet<string>) => {
    if (next.size === 0) everything.reset();
    setChosen(next);
  };
  const isAllShown = rows.length > 0 && rows.every(({ id }) => chosen.has(id));
  const selected = (everything.data ?? rows).filter(({ id }) => chosen.has(id));
  return { chosen, choose, selected, isAllShown: isAllShown && !everything.data, everything };
}

interface FilterProps {
  filter: ListingFilter;
  sums: ListingSums | undefined;
  onShow: (filter: ListingFilter) => void;
}

/** Which list is shown, each with how many stand in it. */
function Filter({ filter, sums, onShow }: FilterProps) {
  const data = SHOWN_LISTINGS.map(({ filter: value, label, sum }) => ({
    value,
    label: sums === undefined ? label : `${label} ${formatInteger(sums[sum])}`,
  }));
  return (
    <Select
      aria-label="Which listings"
      data={data}
      value={filter}
      onChange={(chosen) => chosen !== null && onShow(chosen)}
      allowDeselect={false}
      data-testid="listing-filter"
    />
  );
}

/** Links what can be told for certain, of what was read last. */
function MatchButton({ channel }: Pick<ChannelTabProps, "channel">) {
  const match = useCommand("channels.match", ({ bySku, byBarcode, byVariants, unmatched }) => {
    const linked = bySku + byBarcode + byVariants;
    const how = `${formatInteger(bySku)} by SKU, ${formatInteger(byBarcode)} by barcode, ${formatInteger(byVariants)} by variants`;
    const left = `${formatCount(unmatched, "listing")} left for you.`;
    showInfo(
      linked === 0
        ? `Nothing more is certain. ${left}`
        : `${formatCount(linked, "listing")} linked: ${how}. ${left}`,
    );
  });
  return (
    <Button
      variant="default"
      leftSection={<IconChecks size={16} />}
      loading={match.isPending}
      title="Links what has the same SKU or barcode as one product alone"
      onClick={() => match.mutate({ id: channel.id }, { onError: showErrorToast })}
      data-testid="match-all"
    >
      Link what is certain
    </Button>
  );
}

interface NoListingsProps {
  filter: ListingFilter;
  search: string;
  /** Whether the shop was ever read. */
  isRead: boolean;
}

function NoListings({ filter, search, isRead }: NoListingsProps) {
  if (search !== "") {
    return (
      <EmptyState icon={<IconSearchOff size={22} />} title="Nothing matches">
        Nothing in the shop has “{search}” in its SKU, barcode or title.
      </EmptyState>
    );
  }
  if (filter === "unmatched" && !isRead) {
    return (
      <EmptyState icon={<IconSearchOff size={22} />} title="The shop was not read yet">
        A sync reads it first. What has the same SKU or barcode as one product is linked with it;
        the rest waits here for you.
      </EmptyState>
    );
  }
  return (
    <EmptyState icon={<IconChecks size={22} />} title={EMPTY[filter].title}>
      {EMPTY[filter].text}
    </EmptyState>
  );
}

/** What stands where a list is empty. */
const EMPTY: Record<ListingFilter, { title: string; text: string }> = {
  unmatched: {
    title: "Nothing is unmatched",
    text: "What the shop has and is not linked with a product yet waits here.",
  },
  linked: { title: "Nothing is linked", text: "What is a product here stands in this list." },
  waiting: {
    title: "Nothing waits",
    text: "What changed here or in the shop since the last sync stands in this list.",
  },
  conflict: {
    title: "No conflicts",
    text: "What changed here and in the shop stands in this list until somebody decides.",
  },
  pending: {
    title: "Nothing is pending",
    text: "What is on its way stands in this list until the shop has it.",
  },
  ignored: {
    title: "Nothing is ignored",
    text: "What you ignore stays in the shop and is never synced.",
  },
  wanted_here: {
    title: "Nothing is wanted here",
    text: "The next sync plans products for what stands in this list.",
  },
  wanted_there: {
    title: "Nothing is wanted there",
    text: "The next sync plans to create in the shop what stands in this list.",
  },
  gone: {
    title: "Nothing is gone",
    text: "What is linked and the shop has no more stands in this list.",
  },
  failed: { title: "Nothing failed", text: "What could not be synced stands in this list." },
};
