import { Autocomplete, type AutocompleteProps } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { keepPreviousData, useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Kind, KindInfo } from "../../../bindings";
import { useHost } from "../../../host/context";
import type { Host } from "../../../host/host";
import { areaOf } from "../../../host/records";
import { useKind } from "../../../host/state";
import { textOf } from "../../../lib/values";
import classes from "./Form.module.css";

interface ReferenceInputProps extends Omit<AutocompleteProps, "data" | "value" | "onChange"> {
  /** The kind of the record that is named. */
  to: Kind;
  /** Whether it names a parent, which is no child itself. */
  isChild: boolean;
  value: string;
  onChange: (code: string) => void;
}

/** A record that may be named. */
interface Match {
  code: string;
  title: string;
}

const SEARCH_AFTER_MS = 200;
const MOST = 20;

/** Names another record by its code, which is found by code or title. */
export function ReferenceInput({ to, isChild, value, onChange, ...props }: ReferenceInputProps) {
  const [isOpen, setIsOpen] = useState(false);
  const matches = useMatches(to, isChild, value, isOpen && props.readOnly !== true);
  const titles = new Map(matches.map(({ code, title }) => [code, title]));
  return (
    <Autocomplete
      {...props}
      value={value}
      onChange={onChange}
      onDropdownOpen={() => setIsOpen(true)}
      onDropdownClose={() => setIsOpen(false)}
      data={matches.map(({ code }) => code)}
      // The core has searched already.
      filter={({ options }) => options}
      renderOption={({ option }) => (
        <span className={classes.match}>
          <span>{option.value}</span>
          <span className={classes.matchTitle}>{titles.get(option.value)}</span>
        </span>
      )}
    />
  );
}

function useMatches(to: Kind, isChild: boolean, text: string, enabled: boolean): Match[] {
  const host = useHost();
  const kind = useKind(to);
  const [search] = useDebouncedValue(text.trim(), SEARCH_AFTER_MS);
  const { data = [] } = useQuery({
    queryKey: [`${kind?.area ?? to}.list`, "matches", isChild, search],
    queryFn: () => (kind === undefined ? [] : find(host, kind, isChild, search)),
    placeholderData: keepPreviousData,
    enabled: enabled && kind !== undefined,
    gcTime: 0,
  });
  return data;
}

async function find(
  host: Host,
  kind: KindInfo,
  isChild: boolean,
  search: string,
): Promise<Match[]> {
  const area = areaOf(kind);
  // Products have a list of their own.
  if (area === "products") return findProducts(host, isChild, search);
  const request = { search, trashed: false, descending: false, offset: 0, limit: MOST };
  const { rows } = await host.call(`${area}.list`, request);
  return rows.map(({ fields }) => ({
    code: textOf(fields, kind.code),
    title: textOf(fields, kind.title),
  }));
}

async function findProducts(host: Host, isChild: boolean, search: string): Promise<Match[]> {
  const filter = { search, ...(isChild ? { family: "top_level" as const } : {}) };
  const request = { filter, sort: "sku" as const, descending: false, offset: 0, limit: MOST };
  const { rows } = await host.call("products.list", request);
  return rows.map(({ sku, name }) => ({ code: sku, title: name }));
}
