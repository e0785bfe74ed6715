import { useMutation, useQuery } from "@tanstack/react-query";

import type { DataRecord, Field, Fields, RecordId } from "../../bindings";
import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";
import { textOf, valueIn } from "../../lib/values";
import { CHANNEL, CHANNEL_FIELD } from "./fields";

/** No channel has more. */
const MOST = 500;

/** The pairs of fields of a channel, or those of them that were removed. */
export function useChannelFields(channel: RecordId, trashed = false) {
  const of = { field: CHANNEL_FIELD.channel, id: channel };
  const request = { trashed, of, descending: false, offset: 0, limit: MOST };
  return useQuery(commandQuery(useHost(), "channel_fields.list", request));
}

/** A pair of fields that shall be kept in step. */
export interface NewPair {
  ours: Field;
  theirs: string;
  owner: string;
}

/** Adds a pair to a channel. One of the same field that was removed comes back, with what is new of it. */
export function useAddPair(channel: DataRecord, removed: readonly DataRecord[]) {
  const host = useHost();
  return useMutation({
    mutationFn: async (pair: NewPair) => {
      const fields: Fields = {
        [CHANNEL_FIELD.theirs]: pair.theirs,
        [CHANNEL_FIELD.owner]: pair.owner,
      };
      const before = removed.find((each) => textOf(each.fields, CHANNEL_FIELD.ours) === pair.ours);
      if (before === undefined) {
        const name = textOf(channel.fields, CHANNEL.name);
        const key = { [CHANNEL_FIELD.channel]: name, [CHANNEL_FIELD.ours]: pair.ours };
        await host.call("channel_fields.create", { fields: { ...key, ...fields } });
        return;
      }
      const { id } = before;
      await host.call("channel_fields.restore", { ids: [id] });
      const record = await host.call("channel_fields.get", { id });
      const changes = Object.entries(fields).flatMap(([field, value]) => {
        const old = valueIn(record.fields, field);
        return old === value ? [] : [{ field, old, new: value }];
      });
      if (changes.length > 0) {
        await host.call("channel_fields.update", { id, version: record.version, changes });
      }
    },
  });
}
