import { Button, Group, Modal, Radio, Stack } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { Count, KindInfo, RecordId, RunExport, Shape } from "../../bindings";
import { useHost } from "../../host/context";
import type { Host } from "../../host/host";
import { areaOf, type RecordArea } from "../../host/records";
import { formatInteger } from "../../lib/format";
import { kindPlural } from "../../lib/kinds";
import { ColumnChooser } from "./ColumnChooser";
import classes from "./ExportDialog.module.css";
import { chosenColumns, exportColumns, keepLeftOut, readLeftOut } from "./exportColumns";
import { ShapeChoice } from "./ShapeChoice";
import { useExport } from "./useExport";

/** How a list is narrowed, as the core is asked to export it. */
export type Narrowing = Pick<RunExport, "filter" | "of" | "search" | "filters" | "except">;

/** Which records there are to choose from: the list as it is narrowed, and what is selected. */
export interface ExportScope {
  kind: KindInfo;
  /** Null where nothing narrows the list. */
  narrowing?: Narrowing | null;
  ids?: RecordId[];
}

type Which = "selection" | "filter" | "all";

interface Choice {
  which: Which;
  label: string;
  count: string;
}

const ALL: Narrowing = { filter: {} };

interface ExportDialogProps {
  scope: ExportScope;
  onClose: () => void;
}

/** Asks which records and which columns, then for the file, and starts to write it. */
export function ExportDialog({ scope, onClose }: ExportDialogProps) {
  const { kind, narrowing, ids = [] } = scope;
  const area = areaOf(kind);
  const choices = useChoices(scope);
  const [which, setWhich] = useState(choices[0]?.which ?? "all");
  const [leftOut, setLeftOut] = useState(() => readLeftOut(kind.key));
  const [shape, setShape] = useState<Shape>("backstock");
  const columns = exportColumns(kind);
  const run = useExport(kind, onClose);
  const start = () => {
    if (shape === "backstock") keepLeftOut(kind.key, leftOut);
    run.mutate({
      ...(which === "filter" ? (narrowing ?? ALL) : ALL),
      ids: which === "selection" ? ids : null,
      columns: shape === "backstock" ? chosenColumns(columns, leftOut) : null,
      shape,
    });
  };
  return (
    <Modal opened onClose={onClose} title={`Export ${kind.plural}`} size={560}>
      <Stack gap={16} data-testid="export-dialog">
        <Radio.Group
          label={kindPlural(kind)}
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
        {area === "products" && <ShapeChoice shape={shape} onChange={setShape} />}
        {shape === "backstock" && (
          <ColumnChooser columns={columns} leftOut={leftOut} onChange={setLeftOut} />
        )}
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
function useChoices({ kind, narrowing = null, ids = [] }: ExportScope): Choice[] {
  const area = areaOf(kind);
  const all = useCount(area, ALL);
  const narrowed = useCount(area, narrowing);
  return [
    ...(ids.length > 0
      ? [{ which: "selection" as const, label: "The selection", count: formatInteger(ids.length) }]
      : []),
    ...(narrowing === null
      ? []
      : [{ which: "filter" as const, label: labelOf(narrowing), count: narrowed }]),
    { which: "all", label: `All ${kind.plural}`, count: all },
  ];
}

function labelOf({ except }: Narrowing): string {
  const without = except?.length ?? 0;
  return without === 0 ? "As filtered now" : `The selection, all but ${formatInteger(without)}`;
}

/** How many records there are, as a person reads it; empty while that is not known. */
function useCount(area: RecordArea, narrowing: Narrowing | null): string {
  const host = useHost();
  const { data } = useQuery({
    queryKey: [`${area}.list`, "count", narrowing],
    queryFn: () => countOf(host, area, narrowing ?? ALL),
    enabled: narrowing !== null,
  });
  return data ? `${formatInteger(data.count)}${data.exact ? "" : "+"}` : "";
}

async function countOf(host: Host, area: RecordArea, narrowing: Narrowing): Promise<Count> {
  const { filter, except, ...others } = narrowing;
  const without = except?.length ?? 0;
  // Products have a list of their own.
  if (area === "products") {
    const { count, exact } = await host.call("products.count", { filter });
    return { count: count - without, exact };
  }
  const page = { trashed: filter.trashed ?? false, descending: false, offset: 0, limit: 1 };
  const { total } = await host.call(`${area}.list`, { ...others, ...page });
  return { count: total - without, exact: true };
}
