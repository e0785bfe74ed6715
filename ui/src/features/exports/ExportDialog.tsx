import { Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Count, ProductFilter, RecordId } from "../../bindings";
import { useHost } from "../../host/context";
import { useFields, useMay } from "../../host/state";
import { formatInteger } from "../../lib/format";
import { commandQuery } from "../../lib/query";
import { ColumnChooser } from "./ColumnChooser";
import classes from "./ExportDialog.module.css";
import { chosenColumns, exportable, keepLeftOut, readLeftOut } from "./exportColumns";
import { useExport } from "./useExport";

/** Which products there are to choose from: the list as it is filtered, and what is selected. */
export interface ExportScope {
  filter?: ProductFilter;
  ids?: RecordId[];
}

type Which = "selection" | "filter" | "all";

interface Choice {
  which: Which;
  label: string;
  count: string;
}

const ALL: ProductFilter = {};

/** Asks which products and which columns, then for the file, and starts to write it. */
export function ExportDialog({ scope, onClose }: { scope: ExportScope; onClose: () => void }) {
  const choices = useChoices(scope);
  const [which, setWhich] = useState(choices[0]?.which ?? "all");
  const [leftOut, setLeftOut] = useState(readLeftOut);
  const fields = exportable(useFields("product").list, useMay("see_costs"));
  const run = useExport(onClose);
  const start = () => {
    keepLeftOut(leftOut);
    run.mutate({
      filter: which === "filter" ? (scope.filter ?? ALL) : ALL,
      ids: which === "selection" ? (scope.ids ?? []) : null,
      columns: chosenColumns(fields, leftOut),
    });
  };
  return (
    <Modal opened onClose={onClose} title="Export products" size={560}>
      <Stack gap={16} data-testid="export-dialog">
        <Radio.Group
          label="Products"
          value={which}
          onChange={(chosen) => setWhich(choices.find((c) => c.which === chosen)?.which ?? "all")}
        >
          <Stack gap={8} mt={4}>
            {choices.map(({ which: value, label, count }) => (
              <Radio
                key={value}
                size="xs"
                value={value}
                label={
                  <>
                    {label} <span className={classes.count}>{count}</span>
                  </>
                }
                data-testid={`export-${value}`}
              />
            ))}
          </Stack>
        </Radio.Group>
        <ColumnChooser fields={fields} leftOut={leftOut} onChange={setLeftOut} />
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button onClick={start} loading={run.isPending} data-autofocus data-testid="export-start">
            Save as…
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

/** What can be exported, the narrowest first. */
function useChoices({ filter, ids }: ExportScope): Choice[] {
  const host = useHost();
  const isFiltered = filter !== undefined && Object.keys(filter).length > 0;
  const all = useQuery(commandQuery(host, "products.count", { filter: ALL }));
  const filtered = useQuery({
    ...commandQuery(host, "products.count", { filter: filter ?? ALL }),
    enabled: isFiltered,
  });
  return [
    ...(ids && ids.length > 0
      ? [{ which: "selection" as const, label: "The selection", count: formatInteger(ids.length) }]
      : []),
    ...(isFiltered
      ? [{ which: "filter" as const, label: "As filtered now", count: countText(filtered.data) }]
      : []),
    { which: "all", label: "All products", count: countText(all.data) },
  ];
}

function countText(count: Count | undefined): string {
  return count ? `${formatInteger(count.count)}${count.exact ? "" : "+"}` : "";
}
