import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";

import type { Kind, KindInfo, RecordId } from "../../bindings";
import { useHost } from "../../host/context";
import type { Host } from "../../host/host";
import { areaOf } from "../../host/records";
import { useKind } from "../../host/state";
import { textOf } from "../../lib/values";

/** A record to choose. */
export interface FoundRecord {
  id: RecordId;
  code: string;
  title: string;
}

interface Search {
  words: string;
  /** At most so many are found. */
  most: number;
  /** Whether only records that are no child of another one are looked for. */
  isTop?: boolean;
  enabled?: boolean;
}

interface Found {
  records: FoundRecord[];
  /** Whether more match than were asked for. */
  hasMore: boolean;
}

const SEARCH_AFTER_MS = 200;
const NOTHING: Found = { records: [], hasMore: false };

/** The records of a kind whose code or title has these words, as the core finds them while one types. */
export function useFoundRecords(of: Kind, search: Search): Found {
  const { most, isTop = false, enabled = true } = search;
  const host = useHost();
  const kind = useKind(of);
  const [words] = useDebouncedValue(search.words.trim(), SEARCH_AFTER_MS);
  const { data = NOTHING } = useQuery({
    queryKey: [`${kind?.area ?? of}.list`, "found", isTop, words, most],
    queryFn: () => (kind === undefined ? NOTHING : find(host, kind, { words, isTop, most })),
    placeholderData: keepPreviousData,
    enabled: enabled && kind !== undefined,
    gcTime: 0,
  });
  return data;
}

async function find(host: Host, kind: KindInfo, search: Search): Promise<Found> {
  const { words, isTop = false, most } = search;
  const area = areaOf(kind);
  // Products have a list of their own. One more than is shown tells whether there are others.
  const page = { descending: false, offset: 0, limit: most + 1 };
  if (area === "products") {
    const filter = { search: words, ...(isTop ? { family: "top_level" as const } : {}) };
    const { rows } = await host.call("products.list", { ...page, filter, sort: "sku" });
    return cut(
      rows.map(({ id, sku, name }) => ({ id, code: sku, title: name })),
      most,
    );
  }
  const { rows } = await host.call(`${area}.list`, { ...page, search: words, trashed: false });
  return cut(
    rows.map(({ id, fields }) => ({
      id,
      code: textOf(fields, kind.code),
      title: textOf(fields, kind.title),
    })),
    most,
  );
}

function cut(records: FoundRecord[], most: number): Found {
  return { records: records.slice(0, most), hasMore: records.length > most };
}
