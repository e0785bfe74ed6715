import { NumberInput, Select, Switch, TextInput } from "@mantine/core";

import type { Choice, DateOrder, DecimalMark, ImportDraft, ImportSettings } from "../../bindings";
import classes from "./DraftView.module.css";

interface ReadSettingsProps {
  draft: ImportDraft;
  settings: ImportSettings;
  onChange: (settings: ImportSettings) => void;
}

const DATE_ORDERS: { value: DateOrder; label: string }[] = [
  { value: "dmy", label: "Day, month, year" },
  { value: "mdy", label: "Month, day, year" },
  { value: "ymd", label: "Year, month, day" },
];

const DECIMAL_MARKS: { value: DecimalMark; label: string }[] = [
  { value: "point", label: "1,234.50" },
  { value: "comma", label: "1.234,50" },
];

const choices = (list: readonly Choice[]) => list.map(({ key, label }) => ({ value: key, label }));

/** How the bytes of the file are read. */
export function ReadSettings({ draft, settings, onChange }: ReadSettingsProps) {
  return (
    <section className={classes.section}>
      <h2 className={classes.heading}>Reading</h2>
      <Select
        label="Encoding"
        data={choices(draft.encodings)}
        value={settings.encoding}
        allowDeselect={false}
        searchable
        onChange={(encoding) => {
          if (encoding !== null) onChange({ ...settings, encoding, encodingChosen: true });
        }}
        data-testid="import-encoding"
      />
      <Select
        label="Delimiter"
        data={choices(draft.delimiters)}
        value={settings.delimiter}
        allowDeselect={false}
        onChange={(delimiter) => {
          if (delimiter !== null) onChange({ ...settings, delimiter });
        }}
        data-testid="import-delimiter"
      />
      <OtherDelimiter settings={settings} onChange={onChange} />
      <Select
        label="Dates"
        placeholder="As detected"
        data={DATE_ORDERS}
        value={settings.dateOrder}
        clearable
        onChange={(dateOrder) => onChange({ ...settings, dateOrder })}
        data-testid="import-date-order"
      />
      <Select
        label="Decimals"
        placeholder="As detected"
        data={DECIMAL_MARKS}
        value={settings.decimalMark}
        clearable
        onChange={(decimalMark) => onChange({ ...settings, decimalMark })}
        data-testid="import-decimal-mark"
      />
      <Switch
        label="A row names the columns"
        checked={settings.hasHeader}
        onChange={(event) => onChange({ ...settings, hasHeader: event.currentTarget.checked })}
        data-testid="import-header"
      />
      <HeaderLine key={draft.headerLine} {...{ draft, settings, onChange }} />
      {draft.oddLines.length === 0 ? null : (
        <Switch
          label="Import totals and notes as products, too"
          checked={settings.keepOddLines}
          onChange={(event) => onChange({ ...settings, keepOddLines: event.currentTarget.checked })}
          data-testid="import-odd-lines"
        />
      )}
    </section>
  );
}

/** A character of the file's own that separates its cells. */
function OtherDelimiter({ settings, onChange }: Omit<ReadSettingsProps, "draft">) {
  return (
    <TextInput
      label="Another delimiter"
      placeholder="One character, such as ^"
      maxLength={1}
      value=""
      onChange={(event) => {
        const delimiter = event.currentTarget.value;
        if (/^[^A-Za-z0-9"'.+_-]$/.test(delimiter)) onChange({ ...settings, delimiter });
      }}
      data-testid="import-other-delimiter"
    />
  );
}

/** The line on which the names of the columns stand; it is taken when the person is done typing. */
function HeaderLine({ draft, settings, onChange }: ReadSettingsProps) {
  if (!settings.hasHeader) return null;
  const take = (typed: string) => {
    const headerLine = Number.parseInt(typed, 10);
    if (headerLine > 0 && headerLine !== draft.headerLine) onChange({ ...settings, headerLine });
  };
  return (
    <NumberInput
      label="The names stand on line"
      min={1}
      allowDecimal={false}
      defaultValue={draft.headerLine ?? ""}
      onBlur={(event) => take(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Enter") take(event.currentTarget.value);
      }}
      data-testid="import-header-line"
    />
  );
}
