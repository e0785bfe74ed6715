import { Button, Group, Popover, Stack, Text, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";

import type { CustomFilter, FieldInfo, ProductFilter, Value } from "../../bindings";
import { ChoiceFilter, FacetFilter, FilterButton } from "../../components/filters";
import { useHost } from "../../host/context";
import { useFields } from "../../host/state";
import { commandQuery } from "../../lib/query";
import { formatValue, isCustom } from "../../lib/values";
import { fromInput, toInput } from "../records/form/state";
import { withCustom, withPart } from "./filters";

interface CustomFiltersProps {
  filter: ProductFilter;
  onChange: (filter: ProductFilter) => void;
}

/** The filters by those fields of the workspace's own that lists can be filtered by. */
export function CustomFilters({ filter, onChange }: CustomFiltersProps) {
  const { list } = useFields("product");
  const fields = list.filter(({ key, filterable }) => isCustom(key) && filterable);
  return fields.map((info) => (
    <OneFilter
      key={info.key}
      info={info}
      value={filter.custom?.find(({ field }) => field === info.key)}
      onChange={(part) => onChange(withCustom(filter, info.key, part))}
    />
  ));
}

interface OneFilterProps {
  info: FieldInfo;
  value: CustomFilter | undefined;
  onChange: (filter: CustomFilter | undefined) => void;
}

const FLAGS = [
  { value: true, label: "Yes" },
  { value: false, label: "No" },
];

function OneFilter(props: OneFilterProps) {
  const { info, value, onChange } = props;
  if (info.choices.length > 0) return <ChoicesFilter {...props} />;
  if (info.kind !== "flag") return <ValueFilter {...props} />;
  const [chosen] = value?.any ?? [];
  return (
    <ChoiceFilter
      label={info.label}
      all="All"
      choices={FLAGS}
      value={typeof chosen === "boolean" ? chosen : undefined}
      onChange={(yes) => onChange(yes === undefined ? undefined : { field: info.key, any: [yes] })}
      testid={`filter-${info.code}`}
    />
  );
}

const NONE = "";

/** Any of the choices, with how many products have each; or none of them. */
function ChoicesFilter({ info, value, onChange }: OneFilterProps) {
  const { data } = useQuery(commandQuery(useHost(), "products.facets", {}));
  const counts = new Map(
    data?.custom
      .find(({ field }) => field === info.key)
      ?.values.map(({ value: key, count }) => [key, count]),
  );
  const chosen = (value?.any ?? []).filter((key) => typeof key === "string");
  return (
    <FacetFilter
      label={info.label}
      find={`Find: ${info.label.toLowerCase()}`}
      options={[
        { value: NONE, label: `No ${info.label.toLowerCase()}` },
        ...info.choices.map(({ key, label }) => ({
          value: key,
          label,
          count: counts.get(key) ?? 0,
        })),
      ]}
      value={value?.empty === true ? [NONE] : chosen}
      onChange={(keys) => {
        // Having none of them and having one of them exclude each other: the later choice counts.
        const wasNone = value?.empty === true;
        const wantsNone = keys.includes(NONE) && !wasNone;
        const any = keys.filter((key) => key !== NONE);
        if (wantsNone) onChange({ field: info.key, empty: true });
        else onChange(any.length === 0 ? undefined : { field: info.key, any });
      }}
      testid={`filter-${info.code}`}
    />
  );
}

function unitsOf(value: Value | undefined): number | undefined {
  return typeof value === "number" ? value : undefined;
}

/** The filter by the store price, of which no product is asked to have none. */
export function PriceFilter({ filter, onChange }: CustomFiltersProps) {
  const info = useFields("product").byKey.get("store_price");
  if (info === undefined) return null;
  return (
    <ValueFilter
      info={info}
      value={filter.price && { field: info.key, ...filter.price }}
      onChange={(part) => {
        const [from, to] = [unitsOf(part?.from), unitsOf(part?.to)];
        const price = { ...(from !== undefined && { from }), ...(to !== undefined && { to }) };
        onChange(withPart(filter, "price", part && price));
      }}
      mayBeNone={false}
    />
  );
}

interface ValueFilterProps extends OneFilterProps {
  /** Whether it can be asked for nothing, too. */
  mayBeNone?: boolean;
}

/** A range of numbers or dates, a text, or nothing at all. */
function ValueFilter({ info, value, onChange, mayBeNone = true }: ValueFilterProps) {
  const [isOpen, setIsOpen] = useState(false);
  return (
    <Popover position="bottom-start" opened={isOpen} onChange={setIsOpen} trapFocus>
      <Popover.Target>
        <FilterButton
          label={info.label}
          chosen={chosenWords(info, value)}
          onClick={() => setIsOpen(!isOpen)}
          data-testid={`filter-${info.code}`}
        />
      </Popover.Target>
      <Popover.Dropdown aria-label={`Filter by ${info.label}`}>
        <ValueForm
          key={String(isOpen)}
          info={info}
          value={value}
          mayBeNone={mayBeNone}
          onChange={(next) => {
            onChange(next);
            setIsOpen(false);
          }}
        />
      </Popover.Dropdown>
    </Popover>
  );
}

function chosenWords(info: FieldInfo, value: CustomFilter | undefined): string | undefined {
  if (value === undefined) return undefined;
  if (value.empty !== undefined) return value.empty ? "none" : "any";
  const words = (each: Value | undefined) =>
    each === undefined ? "" : formatValue(each, info.kind, info.choices);
  if (value.any) return value.any.map(words).join(", ");
  if (value.to === undefined) return `from ${words(value.from)}`;
  if (value.from === undefined) return `up to ${words(value.to)}`;
  return `${words(value.from)} – ${words(value.to)}`;
}

function ValueForm({ info, value, onChange, mayBeNone }: ValueFilterProps) {
  const isRange = info.kind !== "text" && info.kind !== "code";
  const text = (each: Value | undefined) => String(each === undefined ? "" : toInput(each, info));
  const [first] = value?.any ?? [];
  const [from, setFrom] = useState(() => text(isRange ? value?.from : first));
  const [to, setTo] = useState(() => text(value?.to));
  const [read, readTo] = [fromInput(from, info), fromInput(to, info)];
  const apply = () => {
    if (!read.ok || !readTo.ok) return;
    const [low, high] = [read.value, readTo.value];
    if (low === null && high === null) return onChange(undefined);
    if (!isRange) return onChange({ field: info.key, any: [low] });
    onChange({
      field: info.key,
      ...(low === null ? {} : { from: low }),
      ...(high === null ? {} : { to: high }),
    });
  };
  return (
    <form
      onSubmit={(event) => {
        event.preventDefault();
        apply();
      }}
    >
      <Stack gap={8} w={240}>
        <TextInput
          label={isRange ? "From" : "Is"}
          placeholder={info.kind === "date" ? "2026-12-31" : ""}
          value={from}
          error={read.ok ? undefined : read.message}
          onChange={(event) => setFrom(event.currentTarget.value)}
          data-testid="filter-from"
        />
        {isRange && (
          <TextInput
            label="To"
            placeholder={info.kind === "date" ? "2026-12-31" : ""}
            value={to}
            error={readTo.ok ? undefined : readTo.message}
            onChange={(event) => setTo(event.currentTarget.value)}
            data-testid="filter-to"
          />
        )}
        <Group justify={mayBeNone ? "space-between" : "flex-end"} gap={8}>
          {mayBeNone && (
            <Button
              variant="subtle"
              color="gray"
              px={4}
              onClick={() => onChange({ field: info.key, empty: true })}
            >
              <Text size="xs">Has none</Text>
            </Button>
          )}
          <Button type="submit" size="xs" disabled={!read.ok || !readTo.ok}>
            Apply
          </Button>
        </Group>
      </Stack>
    </form>
  );
}
