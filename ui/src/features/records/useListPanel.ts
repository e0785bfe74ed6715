import { useDebouncedCallback } from "@mantine/hooks";
import { useCallback, useRef, useState } from "react";
import { useMatch, useNavigate, useParams } from "react-router";

import type { RecordId } from "../../bindings";
import type { Pages } from "../../components/grid";
import { focusGrid } from "../../components/grid";
import type { PanelContext } from "./panel";

/** How long the cursor rests on a row before it is opened. */
const FOLLOW_MS = 120;

interface ListPanelSource<T extends { id: RecordId }> {
  pages: Pages<T>;
  total: number | undefined;
  /** The address of the list, and of one record beside it. */
  list: string;
  record: (id: RecordId) => string;
  /** How the list is narrowed and sorted, as the address says it. */
  search: string;
}

interface ListPanel<T> {
  open: (row: T, index: number) => void;
  /** The cursor came to a row: with a record open beside the list, it leads that along. */
  follow: (row: T, index: number) => void;
  openId: RecordId | undefined;
  isPanelOpen: boolean;
  panel: PanelContext;
}

/** Opens records of a list beside it, and leads from one to the next. */
export function useListPanel<T extends { id: RecordId }>(source: ListPanelSource<T>): ListPanel<T> {
  const { pages, total, list, record, search } = source;
  const navigate = useNavigate();
  const openId = useParams()["id"];
  const isPanelOpen = useMatch(list) === null;
  const [isFromList, setIsFromList] = useState(false);
  // Not state: two quick keys go two rows further, before anything was drawn in between.
  const openIndex = useRef(-1);
  const open = useCallback(
    (row: T, index: number) => {
      openIndex.current = index;
      setIsFromList(true);
      void navigate({ pathname: record(row.id), search }, { replace: isPanelOpen });
    },
    [navigate, record, search, isPanelOpen],
  );
  const walk = async (step: number) => {
    const index = openIndex.current + step;
    if (index < 0 || (total !== undefined && index >= total)) return;
    openIndex.current = index;
    const [row] = await pages.load(index, index + 1);
    // Another key may have gone on while this row was read.
    if (row && openIndex.current === index) open(row, index);
  };
  const follow = useDebouncedCallback((row: T, index: number) => {
    if (openId !== undefined) open(row, index);
  }, FOLLOW_MS);
  const close = () => {
    void navigate({ pathname: list, search });
    focusGrid();
  };
  return {
    open,
    follow,
    openId,
    isPanelOpen,
    panel: { close, walk: isFromList ? walk : null },
  };
}
