import { Select } from "@mantine/core";
import { useState } from "react";
import { useSearchParams } from "react-router";

import type { ImportDraft, ImportSettings, Kind, RecordId } from "../../bindings";
import { useKinds, useMay } from "../../host/state";
import { kindPlural } from "../../lib/kinds";
import { useFoundRecords } from "../records/useFoundRecords";
import classes from "./DraftView.module.css";
import { choiceOf, chosen, withHolding } from "./holding";

/** The kinds whose records come from files. */
const IMPORTED: ReadonlySet<Kind> = new Set(["product", "supplier", "supplier_product"]);

/** So many suppliers are offered at once; typing finds the others. */
const MOST_OFFERED = 100;

interface HoldingSettingsProps {
  draft: ImportDraft;
  settings: ImportSettings;
  onChange: (settings: ImportSettings) => void;
}

/** What the file holds, and by what the rows of a price file are matched. */
export function HoldingSettings({ draft, settings, onChange }: HoldingSettingsProps) {
  const [params, setParams] = useSearchParams();
  const [words, setWords] = useState("");
  const { groups, isOffered } = useHoldings(draft, words);
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
        searchValue={words}
        onSearchChange={setWords}
        filter={({ options }) =>
          options.map((option) =>
            "group" in option ? { ...option, items: option.items.filter(isOffered) } : option,
          )
        }
        nothingFoundMessage="Nothing matches"
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

interface HoldingOption {
  value: string;
  label: string;
}

/** What a file may hold, in two groups, and what of it is offered for these words. */
function useHoldings({ kind, sender }: ImportDraft, typed: string) {
  const kinds = useKinds();
  const mayEdit = {
    edit_products: useMay("edit_products"),
    edit_suppliers: useMay("edit_suppliers"),
  };
  const records = kinds
    .filter(({ key }) => IMPORTED.has(key))
    .filter(({ edit }) =>
      edit === "edit_products" ? mayEdit.edit_products : mayEdit.edit_suppliers,
    )
    .map((each) => ({ value: choiceOf(each.key, null), label: kindPlural(each) }));
  const chosenSender = sender && priceFile(sender);
  // The control holds the name of what is chosen until something else is typed.
  const current =
    chosenSender?.label ?? records.find(({ value }) => value === choiceOf(kind, null))?.label;
  const words = typed === current ? "" : typed.trim();
  const found = useFoundRecords("supplier", {
    words: words.replace(PRICE_FILE, ""),
    most: MOST_OFFERED,
    enabled: mayEdit.edit_suppliers,
  });
  const senders = found.records.map(priceFile);
  const isFound = senders.some(({ value }) => value === chosenSender?.value);
  return {
    groups: [
      { group: "Records", items: records },
      // Without it, the control could not show what is chosen.
      {
        group: "Price files",
        items: isFound || !chosenSender ? senders : [...senders, chosenSender],
      },
    ],
    isOffered: ({ value, label }: HoldingOption) =>
      records.some((each) => each.value === value)
        ? label.toLowerCase().includes(words.toLowerCase())
        : words === "" || senders.some((each) => each.value === value),
  };
}

/** What a price file begins with in the list; a user who types it looks for any of them. */
const PRICE_FILE = /^price file( of)?\s*/i;

function priceFile({ id, code }: { id: RecordId; code: string }): HoldingOption {
  return { value: choiceOf("supplier_product", id), label: `Price file of ${code}` };
}
