import {
  Autocomplete,
  Checkbox,
  MultiSelect,
  Select,
  TagsInput,
  Textarea,
  TextInput,
  type SelectProps,
  type TextInputProps,
} from "@mantine/core";
import { DateInput } from "@mantine/dates";
import { memo, type ComponentType, type ReactNode } from "react";

import type { Field, FieldInfo, Fields, Kind, SetBy } from "../../../bindings";
import { useMoneyStyle } from "../../../components/moneyContext";
import { withoutSign } from "../../../lib/money";
import classes from "./Form.module.css";
import { HtmlInput } from "./HtmlInput";
import { ReferenceInput } from "./ReferenceInput";
import { whoSet } from "./setBy";
import type { Input } from "./state";

/** What a control gets that a page puts in the place of the usual one. */
export interface CustomInputProps {
  info: FieldInfo;
  label: ReactNode;
  help: ReactNode;
  problem: ReactNode;
  input: Input;
  isReadOnly: boolean;
  isRequired: boolean;
  /** The record as the form would save it. */
  edited: Fields;
  onType: (input: Input) => void;
  /** Types into another field of the record, for what is chosen together. */
  onTypeOther: (field: Field, input: Input) => void;
}

/** Controls in the place of the usual ones; null leaves a field out. */
export type CustomInputs = Partial<Record<Field, ComponentType<CustomInputProps> | null>>;

interface FieldInputProps {
  /** The kind of the record that has it. */
  of: Kind;
  info: FieldInfo;
  input: Input;
  problem: string | undefined;
  isChanged: boolean;
  /** Who changed it while the form was open. */
  mergedBy: SetBy | undefined;
  isReadOnly: boolean;
  /** Values to choose from while typing. */
  suggestions?: string[] | undefined;
  help?: string | undefined;
  isRequired?: boolean;
  /** A control in the place of the usual one. */
  custom?: ComponentType<CustomInputProps> | undefined;
  /** The record as the form would save it, for a control of its own. */
  edited?: Fields | undefined;
  /** Must be stable, so that a key typed in one field does not draw the others anew. */
  onType: (info: FieldInfo, input: Input) => void;
  /** Types into another field, for a control of its own; stable, too. */
  onTypeOther?: ((field: Field, input: Input) => void) | undefined;
}

/** The control for one field: label above, help and problem under it. */
export const FieldInput = memo(function FieldInput(props: FieldInputProps) {
  const { info, input, isReadOnly } = props;
  const onChange = (typed: Input) => props.onType(info, typed);
  const common = {
    label: <FieldLabel {...props} />,
    description: props.help ?? (info.help || undefined),
    error: props.problem,
    readOnly: isReadOnly,
    "data-testid": `field-${info.key}`,
  };
  const withAsterisk = props.isRequired ?? false;
  const Custom = props.custom;
  if (Custom) {
    return (
      <Custom
        info={info}
        label={common.label}
        help={common.description}
        problem={common.error}
        input={input}
        isReadOnly={isReadOnly}
        isRequired={withAsterisk}
        edited={props.edited ?? NO_FIELDS}
        onType={onChange}
        onTypeOther={props.onTypeOther ?? NOWHERE}
      />
    );
  }
  const text = typeof input === "string" ? input : "";
  switch (info.kind) {
    case "flag":
      return (
        <Checkbox
          {...common}
          checked={input === true}
          disabled={isReadOnly}
          onChange={(event) => onChange(event.currentTarget.checked)}
        />
      );
    case "tags":
      return (
        <TagsInput
          {...common}
          value={Array.isArray(input) ? input : []}
          onChange={onChange}
          splitChars={[","]}
          acceptValueOnBlur
        />
      );
    case "choice":
      return (
        <ChoiceInput
          {...common}
          withAsterisk={withAsterisk}
          info={info}
          value={text}
          onChange={onChange}
        />
      );
    case "choices":
      return (
        <MultiSelect
          {...common}
          withAsterisk={withAsterisk}
          data={choicesOf(info, Array.isArray(input) ? input : [])}
          value={Array.isArray(input) ? input : []}
          onChange={onChange}
          searchable
        />
      );
    case "html":
      return <HtmlInput {...common} name={info.label} value={text} onChange={onChange} />;
    case "images":
    case "long_text":
      return (
        <Textarea
          {...common}
          withAsterisk={withAsterisk}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "date":
      return (
        <DateInput
          {...common}
          value={text === "" ? null : text}
          onChange={(date) => onChange(date ?? "")}
          valueFormat="YYYY-MM-DD"
          placeholder="2026-12-31"
          clearable={!isReadOnly}
          weekendDays={[]}
          popoverProps={{ position: "bottom-start" }}
        />
      );
    case "money":
      return <MoneyInput {...common} value={text} onChange={onChange} />;
    case "decimal":
    case "integer":
      return (
        <TextInput
          {...common}
          classNames={{ input: classes.number ?? "" }}
          inputMode="decimal"
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
    case "image":
    case "code":
    case "text":
      if (info.reference !== null) {
        return (
          <ReferenceInput
            {...common}
            to={info.reference}
            isChild={info.reference === props.of}
            withAsterisk={withAsterisk}
            value={text}
            onChange={onChange}
          />
        );
      }
      if (info.choices.length > 0) {
        return (
          <ChoiceInput
            {...common}
            withAsterisk={withAsterisk}
            info={info}
            value={text}
            onChange={onChange}
          />
        );
      }
      return props.suggestions ? (
        <Autocomplete
          {...common}
          withAsterisk={withAsterisk}
          data={props.suggestions}
          limit={20}
          value={text}
          onChange={onChange}
        />
      ) : (
        <TextInput
          {...common}
          withAsterisk={withAsterisk}
          spellCheck={info.kind === "text"}
          value={text}
          onChange={(event) => onChange(event.currentTarget.value)}
        />
      );
  }
});

/** What can be chosen; a choice that was taken off the list stays where it was chosen. */
function choicesOf({ choices }: FieldInfo, chosen: readonly string[]) {
  const gone = chosen.filter((key) => key !== "" && choices.every((choice) => choice.key !== key));
  return [
    ...choices.map(({ key, label }) => ({ value: key, label })),
    ...gone.map((key) => ({ value: key, label: key })),
  ];
}

const NO_FIELDS: Fields = {};
const NOWHERE = () => {};

interface ChoiceInputProps extends Omit<SelectProps, "data" | "value" | "onChange"> {
  info: FieldInfo;
  value: string;
  onChange: (typed: string) => void;
}

/** One of a few, found by typing. */
function ChoiceInput({ info, value, onChange, ...props }: ChoiceInputProps) {
  return (
    <Select
      {...props}
      data={choicesOf(info, [value])}
      value={value === "" ? null : value}
      onChange={(key) => onChange(key ?? "")}
      searchable
      clearable={!info.required && props.readOnly !== true}
    />
  );
}

interface MoneyInputProps extends Omit<TextInputProps, "value" | "onChange"> {
  value: string;
  onChange: (typed: string) => void;
}

/** An amount, with the sign of its currency on the side where people write it. */
function MoneyInput({ value, onChange, ...props }: MoneyInputProps) {
  const style = useMoneyStyle();
  const { before, after } = style;
  return (
    <TextInput
      {...props}
      classNames={{ input: classes.number ?? "" }}
      leftSection={signOf(before)}
      rightSection={signOf(after)}
      inputMode="decimal"
      value={value}
      onChange={(event) => onChange(withoutSign(event.currentTarget.value, style))}
    />
  );
}

/** Undefined where nothing stands: an empty section would take room from the text. */
function signOf(text: string): ReactNode {
  const sign = text.trim();
  return sign === "" ? undefined : <span className={classes.currency}>{sign}</span>;
}

function FieldLabel({ info, isChanged, mergedBy }: FieldInputProps) {
  return (
    <>
      {info.label}
      {mergedBy !== undefined && (
        <span className={classes.merged}>{whoSet(mergedBy)} changed this just now</span>
      )}
      {isChanged && <span className={classes.changed} title="Not saved yet" />}
    </>
  );
}
