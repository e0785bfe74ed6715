import type { ChannelStatus } from "../../bindings";
import type { Tone } from "../../components/OutcomeBadge";
import { formatInteger } from "../../lib/format";
import { textOf } from "../../lib/values";
import { CHANNEL } from "./fields";

/** How a channel stands: a word in the colour of its meaning. */
export interface ChannelState {
  label: string;
  tone: Tone;
}

/** What of a channel says how it stands. */
interface Standing extends Pick<ChannelStatus, "sums" | "fetchedAt"> {
  record: Pick<ChannelStatus["record"], "fields">;
  byItself: Pick<ChannelStatus["byItself"], "problem">;
}

/** How a channel stands, the most telling first: what a person set, then what is known, then what waits. */
export function stateOf({ record, sums, fetchedAt, byItself }: Standing): ChannelState {
  const state = textOf(record.fields, CHANNEL.state);
  if (state === "paused") return { label: "Paused", tone: "unchanged" };
  if (state === "rehearsal") return { label: "Rehearsal", tone: "waiting" };
  if (fetchedAt === null) return { label: "Never read", tone: "conflict" };
  if (byItself.problem !== null) return { label: "Did not sync", tone: "error" };
  if (sums.conflicts > 0) {
    const label =
      sums.conflicts === 1 ? "1 conflict" : `${formatInteger(sums.conflicts)} conflicts`;
    return { label, tone: "conflict" };
  }
  if (sums.failed > 0) return { label: `${formatInteger(sums.failed)} failed`, tone: "error" };
  if (sums.waiting > 0) return { label: `${formatInteger(sums.waiting)} waiting`, tone: "waiting" };
  if (sums.unmatched > 0) {
    return { label: `${formatInteger(sums.unmatched)} to match`, tone: "conflict" };
  }
  return { label: "In step", tone: "create" };
}

/** Whether a channel is left alone for now. */
export function isPaused({ fields }: ChannelStatus["record"]): boolean {
  return textOf(fields, CHANNEL.state) === "paused";
}
