import { Button, Select, TextInput } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useState } from "react";

import type { DataRecord, ShopFieldDef } from "../../bindings";
import { showErrorToast, showToast } from "../../components/toast";
import { useFields, useKind } from "../../host/state";
import { toCoreError } from "../../lib/errors";
import { textOf } from "../../lib/values";
import classes from "./Channels.module.css";
import { CHANNEL_FIELD } from "./fields";
import { type NewPair, useAddPair } from "./useChannelFields";

interface AddPairProps {
  channel: DataRecord;
  pairs: readonly DataRecord[];
  removed: readonly DataRecord[];
  /** What the shop has, as far as it was read. */
  theirs: readonly ShopFieldDef[];
}

const BLANK: NewPair = { ours: "", theirs: "", owner: "ask" };

/** Puts a field of ours together with one of the shop. */
export function AddPair({ channel, pairs, removed, theirs }: AddPairProps) {
  const { list } = useFields("product");
  const owners = useOwners();
  const [pair, setPair] = useState(BLANK);
  const add = useAddPair(channel, removed);
  const type = (part: Partial<NewPair>) => {
    setPair((old) => ({ ...old, ...part }));
    add.reset();
  };
  const used = new Set(pairs.map(({ fields }) => textOf(fields, CHANNEL_FIELD.ours)));
  const refused = add.error ? (toCoreError(add.error).fields ?? {}) : {};
  const isMissing = pair.ours === "" || pair.theirs.trim() === "";
  const save = () =>
    add.mutate(pair, {
      onSuccess: () => {
        setPair(BLANK);
        showToast("The fields are kept in step from the next sync on.");
      },
      onError: (error) => {
        if (toCoreError(error).fields === undefined) showErrorToast(error);
      },
    });
  return (
    <div className={classes.addPair} role="group" aria-label="Add a pair of fields">
      <Select
        label="Ours"
        placeholder="Choose a field"
        data={list
          .filter(({ key }) => !used.has(key))
          .map(({ key, label }) => ({ value: key, label }))}
        value={pair.ours === "" ? null : pair.ours}
        onChange={(ours) => type({ ours: ours ?? "" })}
        error={refused[CHANNEL_FIELD.ours] ?? refused["channel_field.code"]}
        searchable
        data-testid="pair-ours"
      />
      <Select
        label="Who has the last word"
        data={owners}
        value={pair.owner}
        onChange={(owner) => owner !== null && type({ owner })}
        error={refused[CHANNEL_FIELD.owner]}
        allowDeselect={false}
        data-testid="pair-owner"
      />
      {theirs.length > 0 ? (
        <Select
          label="Theirs"
          placeholder="Choose a field of the shop"
          data={theirs.map(({ field, label, writable }) => ({
            value: field,
            label: writable ? label : `${label} (cannot be written)`,
          }))}
          value={pair.theirs === "" ? null : pair.theirs}
          onChange={(chosen) => type({ theirs: chosen ?? "" })}
          error={refused[CHANNEL_FIELD.theirs]}
          searchable
          data-testid="pair-theirs"
        />
      ) : (
        <TextInput
          label="Theirs"
          placeholder="variant.price"
          value={pair.theirs}
          onChange={(event) => type({ theirs: event.currentTarget.value })}
          error={refused[CHANNEL_FIELD.theirs]}
          spellCheck={false}
          data-testid="pair-theirs"
        />
      )}
      <Button
        className={classes.underLabel ?? ""}
        leftSection={<IconPlus size={16} />}
        disabled={isMissing}
        loading={add.isPending}
        onClick={save}
        data-testid="add-pair"
      >
        Add
      </Button>
      {theirs.length === 0 && (
        <p className={classes.quiet}>
          Type the key of the shop’s field. Once the shop was read, its fields are offered.
        </p>
      )}
    </div>
  );
}

/** Who can have the last word on a field, each with its name for people. */
export function useOwners(): { value: string; label: string }[] {
  const owner = useKind("channel_field")?.fields.find(({ key }) => key === CHANNEL_FIELD.owner);
  return (owner?.choices ?? []).map(({ key, label }) => ({ value: key, label }));
}
