import { Button, Checkbox, Group, Modal, Select, Stack, TextInput } from "@mantine/core";
import { useCallback, useState } from "react";

import type { DataRecord, VariantList, VariantPlan } from "../../../bindings";
import { InlineError } from "../../../components/ErrorState";
import { showToast } from "../../../components/toast";
import { useCommand } from "../../../host/command";
import { useUndoAction } from "../../../host/undo";
import { toCoreError } from "../../../lib/errors";
import { formatCount, formatInteger } from "../../../lib/format";
import { textOf } from "../../../lib/values";
import { keptText } from "./keptText";
import { OptionInputs, typedOptions } from "./OptionInputs";
import { PlannedGrid } from "./PlannedGrid";
import { useVariantPlan, type Wanted } from "./useVariantPlan";
import classes from "./Variants.module.css";

interface GenerateDialogProps {
  product: DataRecord;
  list: VariantList;
  onClose: () => void;
}

/** All combinations of options as new variants: what would be made is seen and changed before. */
export function GenerateDialog({ product, list, onClose }: GenerateDialogProps) {
  const [wanted, setWanted] = useState<Wanted>(() => ({
    options: typedOptions(list.options),
    pattern: null,
    copyFrom: null,
    copyStock: false,
    except: new Map(),
    edits: new Map(),
  }));
  const change = useCallback(
    (part: Partial<Wanted>) => setWanted((old) => ({ ...old, ...part })),
    [],
  );
  const { request, plan, error, isStale } = useVariantPlan(product.id, wanted);
  const undoOf = useUndoAction();
  const generate = useCommand("products.generate_variants", ({ changed, kept, batchId }) => {
    const what = `${formatCount(changed, "variant")} created.`;
    showToast([what, keptText(kept)].filter(Boolean).join(" "), undoOf(batchId));
    onClose();
  });
  const created = plan?.created ?? 0;
  const isBlocked = isStale || created === 0 || (plan?.errors ?? 0) > 0;
  return (
    <Modal
      opened
      onClose={onClose}
      title={`Generate variants of ${textOf(product.fields, "sku")}`}
      size="min(960px, 94vw)"
    >
      <Stack gap={12} data-testid="generate-dialog">
        <OptionInputs options={wanted.options} onChange={(options) => change({ options })} />
        <Settings {...{ product, list, wanted, change, plan, error }} />
        {plan !== undefined && (
          <>
            <div className={classes.preview}>
              <PlannedGrid rows={plan.rows} wanted={wanted} onChange={change} />
            </div>
            <Counts plan={plan} />
          </>
        )}
        {error !== null && patternProblem(error) === undefined && <InlineError error={error} />}
        {generate.error && <InlineError error={generate.error} />}
        <Group justify="flex-end" gap={8}>
          <Button variant="default" onClick={onClose}>
            Cancel
          </Button>
          <Button
            disabled={isBlocked}
            loading={generate.isPending}
            onClick={() => generate.mutate(request)}
            data-testid="create-variants"
          >
            {created === 0 ? "Create variants" : `Create ${formatCount(created, "variant")}`}
          </Button>
        </Group>
      </Stack>
    </Modal>
  );
}

function patternProblem(error: unknown): string | undefined {
  return error ? toCoreError(error).fields?.skuPattern : undefined;
}

interface SettingsProps extends Omit<GenerateDialogProps, "onClose"> {
  wanted: Wanted;
  change: (part: Partial<Wanted>) => void;
  plan: VariantPlan | undefined;
  error: unknown;
}

/** How the SKUs are made, and what the new variants take over. */
function Settings({ product, list, wanted, change, plan, error }: SettingsProps) {
  const sources = [
    { value: product.id, label: `${textOf(product.fields, "sku")} (the product)` },
    ...list.variants.map(({ id, fields }) => ({ value: id, label: textOf(fields, "sku") })),
  ];
  return (
    <div className={classes.settings}>
      <TextInput
        label="SKU pattern"
        description="{colour:3} keeps three characters; :upper and :lower set the case."
        value={wanted.pattern ?? plan?.skuPattern ?? list.skuPattern}
        onChange={(event) => change({ pattern: event.currentTarget.value })}
        error={patternProblem(error)}
        data-testid="sku-pattern"
      />
      <div>
        <Select
          label="Prices and other fields from"
          description="Barcodes and pictures are not copied."
          data={sources}
          value={wanted.copyFrom ?? product.id}
          onChange={(from) => change({ copyFrom: from === product.id ? null : from })}
          allowDeselect={false}
          searchable={sources.length > 8}
          data-testid="copy-from"
        />
        <Checkbox
          mt={6}
          size="xs"
          label="The stock, too"
          checked={wanted.copyStock}
          onChange={(event) => change({ copyStock: event.currentTarget.checked })}
          data-testid="copy-stock"
        />
      </div>
    </div>
  );
}

function Counts({ plan }: { plan: VariantPlan }) {
  const { created, unchanged, skipped, errors, notes } = plan;
  const counts = [
    `${formatInteger(created)} to create`,
    ...(unchanged > 0 ? [`${formatInteger(unchanged)} there already`] : []),
    ...(skipped > 0 ? [`${formatInteger(skipped)} left out`] : []),
    ...(errors > 0 ? [`${formatInteger(errors)} cannot be created`] : []),
  ];
  const wrong = plan.rows.find(({ outcome }) => outcome === "error");
  return (
    <div aria-live="polite" data-testid="plan-counts">
      <div className={classes.counts} data-error={errors > 0 || undefined}>
        {counts.join(" · ")}
      </div>
      {wrong !== undefined && (
        <div className={classes.problem}>
          {wrong.values.join(" / ")}: {wrong.problems[0]?.message} Type another value, or untick it.
        </div>
      )}
      {notes.map((note) => (
        <div key={note} className={classes.quiet}>
          {note}
        </div>
      ))}
    </div>
  );
}
