import { ActionIcon, Button, Modal, Select, Tooltip } from "@mantine/core";
import { IconArrowBackUp } from "@tabler/icons-react";
import { useState } from "react";

import type { DataRecord, Field, FieldInfo, ListingInfo, Value } from "../../bindings";
import { InlineError } from "../../components/ErrorState";
import { useMoneyStyle } from "../../components/moneyContext";
import { showErrorToast, showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useFields } from "../../host/state";
import { toCoreError } from "../../lib/errors";
import { formatValue, isEmptyValue, textOf, valueIn } from "../../lib/values";
import { FieldInput, fromInput, type Input, toInput } from "../records/form";
import classes from "./Channels.module.css";
import { CHANNEL_FIELD } from "./fields";
import { nameOf } from "./ListingTitle";
import { useChannelFields } from "./useChannelFields";

/** Stands for nothing, said on purpose: null is the product's own value. */
const EMPTY = "";

interface OwnValuesProps {
  listing: ListingInfo;
  /** What the channel is called. */
  shop: string;
  /** The product, where its own values are shown beside. */
  product?: DataRecord | undefined;
  /** Whether they can be taken back here. */
  isEditable: boolean;
}

/** What stands for the product's own values in one shop, each with the way back; nothing where nothing does. */
export function OwnValues({ listing, shop, product, isEditable }: OwnValuesProps) {
  const { list } = useFields("product");
  const money = useMoneyStyle();
  const { set, isPending } = useSetOwn(listing, shop);
  const shown = list.filter(({ key }) => key in listing.own);
  if (shown.length === 0) return null;
  const word = (info: FieldInfo, value: Value) =>
    isEmptyValue(value) ? "empty" : formatValue(value, info.kind, info.choices, money);
  return (
    <ul className={classes.own} aria-label={`Values for ${shop} alone`} data-testid="own-values">
      {shown.map((info) => {
        const { key, label } = info;
        const value = word(info, listing.own[key] ?? null);
        const usual = product && word(info, valueIn(product.fields, key));
        return (
          <li key={key} data-testid="own-value">
            <span className={classes.quiet}>{label} there:</span>{" "}
            <span className={classes.ownValue} title={value}>
              {value}
            </span>{" "}
            {usual !== undefined && (
              <span className={classes.ownUsual} title={usual}>
                instead of {usual}
              </span>
            )}
            {isEditable && (
              <Tooltip label="Take the product’s own value again">
                <ActionIcon
                  size="sm"
                  aria-label={`Take the product’s own ${label} again in ${shop}`}
                  disabled={isPending}
                  onClick={() => set(info, null)}
                  data-testid="take-back"
                >
                  <IconArrowBackUp size={14} />
                </ActionIcon>
              </Tooltip>
            )}
          </li>
        );
      })}
    </ul>
  );
}

/** Sets a value for one shop alone, or takes it back, says so, and offers Undo. */
function useSetOwn(listing: ListingInfo, shop: string) {
  const { id, own } = listing;
  const command = useCommand("listings.set_values");
  const give = (
    values: Record<Field, Value | null>,
    told: string,
    { undo, onDone }: { undo?: () => void; onDone?: (() => void) | undefined } = {},
  ) =>
    command.mutate(
      { listing: id, values },
      {
        onSuccess: () => {
          showToast(told, undo === undefined ? undefined : { label: "Undo", onClick: undo });
          onDone?.();
        },
        onError: (error) => {
          if (toCoreError(error).fields === undefined) showErrorToast(error);
        },
      },
    );
  const set = ({ key, label }: FieldInfo, value: Value, onDone?: () => void) => {
    const before = key in own ? (own[key] ?? EMPTY) : null;
    const told =
      value === null
        ? `${label} in ${shop} is the product’s own again, from the next sync on.`
        : `${label} has a value of its own in ${shop}, from the next sync on.`;
    const undo = () => give({ [key]: before }, `${label} is as before.`);
    give({ [key]: value }, told, { undo, onDone });
  };
  return { set, isPending: command.isPending, error: command.error, reset: command.reset };
}

interface OwnValuesDialogProps extends Omit<OwnValuesProps, "isEditable"> {
  onClose: () => void;
}

/** Gives a product another value in one shop alone, field by field. */
export function OwnValuesDialog({ listing, shop, product, onClose }: OwnValuesDialogProps) {
  const offered = useOffered(listing);
  const [chosen, choose] = useState<Field | null>(null);
  const info = offered?.find(({ key }) => key === chosen);
  return (
    <Modal opened onClose={onClose} title={`${nameOf(listing)} in ${shop}`} size="md">
      <div className={classes.ownForm} data-testid="own-dialog">
        <p className={classes.quiet}>
          A value for this shop alone goes there in place of the product’s own, which stays as it
          is.
        </p>
        <OwnValues listing={listing} shop={shop} product={product} isEditable />
        <Select
          label="Field"
          placeholder={offered?.length === 0 ? "No field goes to this shop" : "Choose a field"}
          description="Those that are kept in step with this shop."
          data={(offered ?? []).map(({ key, label }) => ({ value: key, label }))}
          value={chosen}
          onChange={choose}
          disabled={offered === undefined || offered.length === 0}
          searchable
          data-testid="own-field"
        />
        {info && (
          <OwnValueForm
            key={info.key}
            info={info}
            listing={listing}
            shop={shop}
            product={product}
            onDone={() => choose(null)}
          />
        )}
      </div>
    </Modal>
  );
}

/** The fields that a value of its own makes sense for: those that go to the shop; undefined until they are known. */
function useOffered({ channel }: ListingInfo): FieldInfo[] | undefined {
  const { list } = useFields("product");
  const pairs = useChannelFields(channel).data?.rows;
  if (pairs === undefined) return undefined;
  const going = new Set(
    pairs
      .filter(({ fields }) => GOES.has(textOf(fields, CHANNEL_FIELD.owner)))
      .map(({ fields }) => textOf(fields, CHANNEL_FIELD.ours)),
  );
  return list.filter(({ key, computed }) => going.has(key) && !computed);
}

/** Owners whose values go to the shop. */
const GOES: ReadonlySet<string> = new Set(["we", "ask"]);

interface OwnValueFormProps extends Omit<OwnValuesProps, "isEditable"> {
  info: FieldInfo;
  onDone: () => void;
}

function OwnValueForm({ info, listing, shop, product, onDone }: OwnValueFormProps) {
  const { set, isPending, error, reset } = useSetOwn(listing, shop);
  const usual = product === undefined ? null : valueIn(product.fields, info.key);
  const before = listing.own[info.key] ?? usual;
  const [input, type] = useState<Input>(() => toInput(before, info));
  const parsed = fromInput(input, info);
  const refused = error ? toCoreError(error).fields?.[info.key] : undefined;
  return (
    <>
      <FieldInput
        of="product"
        info={info}
        input={input}
        problem={parsed.ok ? refused : parsed.message}
        isChanged={false}
        mergedBy={undefined}
        isReadOnly={false}
        onType={(_, typed) => {
          type(typed);
          reset();
        }}
      />
      {error !== null && refused === undefined && <InlineError error={error} />}
      <Button
        disabled={!parsed.ok}
        loading={isPending}
        onClick={() => {
          if (parsed.ok) set(info, parsed.value ?? EMPTY, onDone);
        }}
        data-testid="set-own"
      >
        Use it in {shop}
      </Button>
    </>
  );
}
