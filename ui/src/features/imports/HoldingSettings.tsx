import { Select } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";

import type { ImportDraft, ImportSettings, Kind } from "../../bindings";
import { useHost } from "../../host/context";
import { useKinds, useMay } from "../../host/state";
import { commandQuery } from "../../lib/query";
import classes from "./DraftView.module.css";
import { choiceOf, chosen, withHolding } from "./holding";

/** The kinds whose records come from files. */
const IMPORTED: ReadonlySet<Kind> = new Set(["product", "supplier", "supplier_product"]);

/** As many suppliers as a list of choices can hold. */
const SUPPLIERS = { trashed: false, descending: false, offset: 0, limit: 500 };

interface HoldingSettingsProps {
  draft: ImportDraft;
  settings: ImportSettings;
  onChange: (settings: ImportSettings) => void;
}

/** What the file holds, and by what the rows of a price file are matched. */
export function HoldingSettings({ draft, settings, onChange }: HoldingSettingsProps) {
  const [params, setParams] = useSearchParams();
  const groups = useHoldings();
  const { matching } = draft;
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>Content</h2>
      <Select
        label="The file holds"
        description={draft.kindGuessed ? "Guessed from its columns" : undefined}
        data={groups}
        value={choiceOf(draft.kind, draft.sender?.id ?? null)}
        allowDeselect={false}
        searchable
        onChange={(choice) => {
          if (choice !== null) setParams(withHolding(params, chosen(choice)), { replace: true });
        }}
        data-testid="import-holds"
      />
      {matching === null || matching.choices.length === 0 ? null : (
        <Select
          label="Rows are matched by"
          description={settings.matchBy === null ? "The surest of the columns" : undefined}
          data={matching.choices.map(({ key, label }) => ({ value: key, label }))}
          value={settings.matchBy ?? matching.by}
          allowDeselect={false}
          onChange={(matchBy) => onChange({ ...settings, matchBy })}
          data-testid="import-match-by"
        />
      )}
    </section>
  );
}

/** What a file may hold, in two groups. */
function useHoldings() {
  const host = useHost();
  const kinds = useKinds();
  const mayEdit = {
    edit_products: useMay("edit_products"),
    edit_suppliers: useMay("edit_suppliers"),
  };
  const suppliers = useQuery({
    ...commandQuery(host, "suppliers.list", SUPPLIERS),
    enabled: mayEdit.edit_suppliers,
  });
  const records = kinds
    .filter(({ key }) => IMPORTED.has(key))
    .filter(({ edit }) =>
      edit === "edit_products" ? mayEdit.edit_products : mayEdit.edit_suppliers,
    )
    .map(({ key, plural }) => ({ value: choiceOf(key, null), label: capital(plural) }));
  const senders = (suppliers.data?.rows ?? []).map(({ id, fields }) => ({
    value: choiceOf("supplier_product", id),
    label: `Price file of ${String(fields["supplier.code"] ?? "")}`,
  }));
  return [
    { group: "Records", items: records },
    { group: "Price files", items: senders },
  ];
}

function capital(text: string): string {
  return text.charAt(0).toUpperCase() + text.slice(1);
}
