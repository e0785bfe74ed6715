import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPackage, IconSearch, IconTruck } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";

import type { RecordId } from "../../bindings";
import { SUPPLIER } from "../../features/purchasing/fields";
import { useArea } from "../../features/records/areas";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { formatInteger } from "../../lib/format";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { textOf } from "../../lib/values";
import classes from "./CommandPalette.module.css";
import { usePaletteCommands } from "./commands";

const [paletteStore, palette] = createSpotlight();

/** Opens and closes the palette. */
export const spotlight = palette;

/** Jumps to any page, product or supplier and gives any command, by a few letters of its name. */
export function CommandPalette() {
  const [query, setQuery] = useState("");
  const commands = usePaletteCommands();
  const words = query.toLowerCase().split(/\s+/).filter(Boolean);
  const matches = commands.filter((command) =>
    words.every((word) => command.label.toLowerCase().includes(word)),
  );
  return (
    <Spotlight.Root
      store={paletteStore}
      query={query}
      onQueryChange={setQuery}
      shortcut={null}
      attributes={{ content: { "aria-label": "Search or jump to" } }}
      lockScroll={false}
      overlayProps={{ blur: 0, backgroundOpacity: 0.35 }}
      classNames={{ actionsGroup: classes.group ?? "" }}
      clearQueryOnClose
      scrollable
      maxHeight={420}
      size={560}
    >
      <Spotlight.Search
        placeholder="Search products, suppliers, pages and commands"
        aria-label="Search products, suppliers, pages and commands"
        leftSection={<IconSearch size={16} />}
        data-testid="palette-search"
      />
      <Spotlight.ActionsList>
        {matches.length > 0 && (
          <Spotlight.ActionsGroup label="Pages and commands">
            {matches.map((command) => (
              <Spotlight.Action
                key={command.label}
                label={command.label}
                leftSection={<command.icon size={16} />}
                onClick={command.run}
                className={classes.action ?? ""}
                rightSection={command.keys && <kbd>{command.keys}</kbd>}
              />
            ))}
          </Spotlight.ActionsGroup>
        )}
        <RecordMatches query={query} nothingElse={matches.length === 0} />
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

/** What has a name or code such as was typed, by what it is. */
function RecordMatches({ query, nothingElse }: { query: string; nothingElse: boolean }) {
  const navigate = useNavigate();
  const [search] = useDebouncedValue(query.trim(), 120);
  const products = useProductMatches(search);
  const suppliers = useSupplierMatches(search);
  const isFetching = products.isFetching || suppliers.isFetching;
  const found = [...products.matches, ...suppliers.matches];
  const first = nothingElse ? found[0]?.id : undefined;
  useEffect(() => {
    // What comes after the last key would not be taken by Enter otherwise.
    if (first !== undefined) chooseFirst();
  }, [first]);
  if (found.length === 0) {
    return nothingElse && !isFetching ? (
      <Spotlight.Empty>Nothing has such a name, SKU or code.</Spotlight.Empty>
    ) : null;
  }
  const groups = [
    { label: "Products", icon: IconPackage, matches: products.matches },
    { label: "Suppliers", icon: IconTruck, matches: suppliers.matches },
  ];
  return groups
    .filter(({ matches }) => matches.length > 0)
    .map(({ label, icon: Icon, matches }) => (
      <Spotlight.ActionsGroup key={label} label={label}>
        {matches.map((match) => (
          <Spotlight.Action
            key={match.id}
            label={match.name}
            description={match.description}
            leftSection={<Icon size={16} />}
            onClick={() => void navigate(match.path)}
            className={classes.action ?? ""}
          />
        ))}
      </Spotlight.ActionsGroup>
    ));
}

/** A record that the palette leads to. */
interface Match {
  id: RecordId;
  name: string;
  description: string;
  path: string;
}

const LEAST_LETTERS = 2;

function useProductMatches(search: string): { matches: Match[]; isFetching: boolean } {
  const isAsked = useMay("view_products") && search.length >= LEAST_LETTERS;
  const { data, isFetching } = useQuery({
    ...commandQuery(useHost(), "products.list", {
      filter: { search },
      sort: "name",
      descending: false,
      offset: 0,
      limit: 8,
    }),
    enabled: isAsked,
  });
  const matches = (isAsked ? (data?.rows ?? []) : []).map((row) => ({
    id: row.id,
    name: row.name,
    description: `${row.sku} · ${formatInteger(row.stock)} in stock`,
    path: paths.product(row.id),
  }));
  return { matches, isFetching };
}

function useSupplierMatches(search: string): { matches: Match[]; isFetching: boolean } {
  const isAsked = useArea("suppliers") !== undefined && search.length >= LEAST_LETTERS;
  const { data, isFetching } = useQuery({
    ...commandQuery(useHost(), "suppliers.list", {
      search,
      trashed: false,
      descending: false,
      offset: 0,
      limit: 5,
    }),
    enabled: isAsked,
  });
  const matches = (isAsked ? (data?.rows ?? []) : []).map(({ id, fields }) => ({
    id,
    name: textOf(fields, SUPPLIER.name),
    description: textOf(fields, SUPPLIER.code),
    path: paths.supplier(id),
  }));
  return { matches, isFetching };
}

/** Marks the first line as the one that Enter takes, as Mantine does when a key is typed. */
function chooseFirst(): void {
  const state = paletteStore.getState();
  const first = document.getElementById(state.listId)?.querySelector("[data-action]");
  first?.setAttribute("data-selected", "true");
  paletteStore.setState({ ...state, selected: 0 });
}
