import { Select, Switch } from "@mantine/core";

import type {
  Choice,
  DateOrder,
  DecimalMark,
  Delimiter,
  Encoding,
  ImportDraft,
  ImportSettings,
} from "../../bindings";
import classes from "./DraftView.module.css";

interface ReadSettingsProps {
  draft: ImportDraft;
  settings: ImportSettings;
  onChange: (settings: ImportSettings) => void;
}

const ENCODINGS: readonly Encoding[] = ["utf8", "utf16_le", "utf16_be", "windows_1252"];
const DELIMITERS: readonly Delimiter[] = ["comma", "semicolon", "tab", "pipe"];

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
        onChange={(chosen) => {
          const encoding = ENCODINGS.find((each) => each === chosen);
          if (encoding) onChange({ ...settings, encoding });
        }}
        data-testid="import-encoding"
      />
      <Select
        label="Delimiter"
        data={choices(draft.delimiters)}
        value={settings.delimiter}
        allowDeselect={false}
        onChange={(chosen) => {
          const delimiter = DELIMITERS.find((each) => each === chosen);
          if (delimiter) onChange({ ...settings, delimiter });
        }}
        data-testid="import-delimiter"
      />
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
        label="The first row names the columns"
        checked={settings.hasHeader}
        onChange={(event) => onChange({ ...settings, hasHeader: event.currentTarget.checked })}
        data-testid="import-header"
      />
    </section>
  );
}
