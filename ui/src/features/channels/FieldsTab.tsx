import { ActionIcon, Select, Skeleton, Tooltip } from "@mantine/core";
import { IconArrowsLeftRight, IconX } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";

import type { DataRecord, ShopFieldDef } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { useHost } from "../../host/context";
import { useFields } from "../../host/state";
import { commandQuery } from "../../lib/query";
import { textOf } from "../../lib/values";
import { useMoveRecords } from "../records/useMoveRecords";
import { AddPair, useOwners } from "./AddPair";
import type { ChannelTabProps } from "./channelTab";
import classes from "./Channels.module.css";
import { CHANNEL_FIELD } from "./fields";
import { useChannelFields } from "./useChannelFields";
import { useChannelRights } from "./useChannelRights";
import { useSaveField } from "./useSaveField";

/** Which field of ours is which of the shop, and who has the last word on it. */
export function FieldsTab({ channel }: ChannelTabProps) {
  const { mayManage } = useChannelRights();
  const isEditable = mayManage && !channel.trashed;
  const { data, error, refetch } = useChannelFields(channel.id);
  const removed = useChannelFields(channel.id, true).data?.rows ?? [];
  const theirs = useQuery(commandQuery(useHost(), "channels.fields", { id: channel.id })).data;
  return (
    <div className={classes.content}>
      {error ? (
        <ErrorState
          error={error}
          title="The fields could not be read"
          onRetry={() => void refetch()}
        />
      ) : data === undefined ? (
        <Skeleton height={160} role="status" aria-busy aria-label="Reading the fields" />
      ) : (
        <>
          {data.rows.length === 0 ? (
            <EmptyState icon={<IconArrowsLeftRight size={22} />} title="No field is kept in step">
              Say which field of ours is which of the shop, and who has the last word on it.
            </EmptyState>
          ) : (
            <PairTable pairs={data.rows} theirs={theirs ?? []} isEditable={isEditable} />
          )}
          {isEditable && (
            <AddPair channel={channel} pairs={data.rows} removed={removed} theirs={theirs ?? []} />
          )}
        </>
      )}
    </div>
  );
}

interface PairTableProps {
  pairs: readonly DataRecord[];
  theirs: readonly ShopFieldDef[];
  isEditable: boolean;
}

function PairTable({ pairs, theirs, isEditable }: PairTableProps) {
  return (
    <table className={classes.table} data-testid="pairs">
      <thead>
        <tr>
          <th scope="col">Ours</th>
          <th scope="col">Who has the last word</th>
          <th scope="col">Theirs</th>
          {isEditable && <th scope="col">Remove</th>}
        </tr>
      </thead>
      <tbody>
        {pairs.map((pair) => (
          <Pair key={pair.id} pair={pair} theirs={theirs} isEditable={isEditable} />
        ))}
      </tbody>
    </table>
  );
}

interface PairProps extends Omit<PairTableProps, "pairs"> {
  pair: DataRecord;
}

function Pair({ pair, theirs, isEditable }: PairProps) {
  const { byKey } = useFields("product");
  const ours = textOf(pair.fields, CHANNEL_FIELD.ours);
  const key = textOf(pair.fields, CHANNEL_FIELD.theirs);
  const label = byKey.get(ours)?.label ?? ours;
  const named = theirs.find(({ field }) => field === key)?.label;
  const { trash } = useMoveRecords("channel_fields");
  return (
    <tr data-testid="pair" aria-label={label}>
      <td>{label}</td>
      <td>
        <Owner pair={pair} label={label} isEditable={isEditable} />
      </td>
      <td>
        {named !== undefined && named !== key && <span>{named} </span>}
        <span className={classes.key}>{key}</span>
      </td>
      {isEditable && (
        <td>
          <Tooltip label="Keep it in step no more">
            <ActionIcon
              aria-label={`Remove ${label}`}
              loading={trash.isPending}
              onClick={() => trash.mutate({ ids: [pair.id] })}
              data-testid="remove-pair"
            >
              <IconX size={16} />
            </ActionIcon>
          </Tooltip>
        </td>
      )}
    </tr>
  );
}

interface OwnerProps {
  pair: DataRecord;
  label: string;
  isEditable: boolean;
}

/** Who has the last word on a field; choosing another one saves it at once. */
function Owner({ pair, label, isEditable }: OwnerProps) {
  const owners = useOwners();
  const save = useSaveField("channel_fields");
  const owner = textOf(pair.fields, CHANNEL_FIELD.owner);
  const nameOf = (word: string) => owners.find(({ value }) => value === word)?.label ?? word;
  if (!isEditable) return <span>{nameOf(owner)}</span>;
  return (
    <Select
      aria-label={`Who has the last word on ${label}`}
      data={owners}
      value={owner}
      onChange={(chosen) => {
        if (chosen === null || chosen === owner) return;
        save(
          { record: pair, field: CHANNEL_FIELD.owner, value: chosen },
          `${label}: ${nameOf(chosen)}.`,
        );
      }}
      allowDeselect={false}
      maw={240}
      data-testid="owner"
    />
  );
}
