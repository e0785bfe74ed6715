import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useCallback } from "react";

import type { DataRecord, RecordPage } from "../../bindings";
import { PAGE_ROWS, usePages, type Pages } from "../../components/grid";
import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";
import type { ListedArea } from "./areas";
import { listRequest, type RecordView } from "./view";

const rowsOf = (page: RecordPage) => page.rows;

interface LoadedRecords {
  pages: Pages<DataRecord>;
  /** How many there are; undefined until it is known. */
  total: number | undefined;
  error: unknown;
  retry: () => void;
}

/** The records of a view, page by page, and how many there are. */
export function useRecordList(area: ListedArea, view: RecordView): LoadedRecords {
  const request = useCallback(
    (offset: number, limit: number) => listRequest(view, offset, limit),
    [view],
  );
  const command = `${area}.list` as const;
  const pages = usePages({ command, request, rowsOf });
  const first = useQuery({
    ...commandQuery(useHost(), command, request(0, PAGE_ROWS)),
    placeholderData: keepPreviousData,
  });
  return {
    pages,
    total: first.data?.total,
    error: pages.error ?? first.error,
    retry: () => {
      pages.retry();
      void first.refetch();
    },
  };
}
