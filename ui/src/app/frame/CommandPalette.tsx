import { createSpotlight, Spotlight } from "@mantine/spotlight";
import { useDebouncedValue } from "@mantine/hooks";
import { IconPackage, IconSearch } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useEffect, useState } from "react";
import { useNavigate } from "react-router";

import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { formatInteger } from "../../lib/format";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import classes from "./CommandPalette.module.css";
import { usePaletteCommands } from "./commands";

const [paletteStore, palette] = createSpotlight();

/** Opens and closes the palette. */
export const spotlight = palette;

/** Jumps to any page or product and gives any command, by a few letters of its name. */
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
        placeholder="Search products, pages and commands"
        aria-label="Search products, pages and commands"
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
        <ProductMatches query={query} nothingElse={matches.length === 0} />
      </Spotlight.ActionsList>
    </Spotlight.Root>
  );
}

function ProductMatches({ query, nothingElse }: { query: string; nothingElse: boolean }) {
  const host = useHost();
  const navigate = useNavigate();
  const mayView = useMay("view_products");
  const [search] = useDebouncedValue(query.trim(), 120);
  const { data, isFetching } = useQuery({
    ...commandQuery(host, "products.list", {
      filter: { search },
      sort: "name",
      descending: false,
      offset: 0,
      limit: 8,
    }),
    enabled: mayView && search.length > 1,
  });
  const rows = search.length > 1 ? (data?.rows ?? []) : [];
  const first = nothingElse ? rows[0]?.id : undefined;
  useEffect(() => {
    // What comes after the last key would not be taken by Enter otherwise.
    if (first !== undefined) chooseFirst();
  }, [first]);
  if (rows.length === 0) {
    return nothingElse && !isFetching ? (
      <Spotlight.Empty>Nothing has such a name or SKU.</Spotlight.Empty>
    ) : null;
  }
  return (
    <Spotlight.ActionsGroup label="Products">
      {rows.map((row) => (
        <Spotlight.Action
          key={row.id}
          label={row.name}
          description={`${row.sku} · ${formatInteger(row.stock)} in stock`}
          leftSection={<IconPackage size={16} />}
          onClick={() => void navigate(paths.product(row.id))}
          className={classes.action ?? ""}
        />
      ))}
    </Spotlight.ActionsGroup>
  );
}

/** Marks the first line as the one that Enter takes, as Mantine does when a key is typed. */
function chooseFirst(): void {
  const state = paletteStore.getState();
  const first = document.getElementById(state.listId)?.querySelector("[data-action]");
  first?.setAttribute("data-selected", "true");
  paletteStore.setState({ ...state, selected: 0 });
}
