import { ToneBadge } from "../../components/OutcomeBadge";
import { Definition, Definitions } from "../../components/Definitions";
import type { ChannelStatus, DataRecord } from "../../bindings";
import { formatAgo, formatInteger } from "../../lib/format";
import { numberOf, textOf } from "../../lib/values";
import { type CustomInputs, RecordForm } from "../records/form";
import { platformLabel } from "./accounts";
import classes from "./Channels.module.css";
import { stateOf } from "./channelState";
import type { ChannelTabProps } from "./channelTab";
import { ReadWhen } from "./ChannelTable";
import { CHANNEL } from "./fields";
import { ListingCounts } from "./ListingCounts";
import { PlaceInput } from "./PlaceInput";

const SAID = "As the shop said when it was connected.";

/** What of a channel stays as it was made, with why. */
const LOCKED = {
  [CHANNEL.platform]: "It stays as it was connected.",
  [CHANNEL.shopName]: SAID,
  [CHANNEL.currency]: SAID,
  [CHANNEL.timeZone]: SAID,
};

/** Where stock is, is chosen of what the shop has; its name goes with it. */
const INPUTS: CustomInputs = { [CHANNEL.place]: PlaceInput, [CHANNEL.placeName]: null };

/** How a channel stands, what the shop said of itself, and how it is worked. */
export function OverviewTab({ channel, status }: ChannelTabProps) {
  return (
    <div className={classes.overview}>
      {status && <Standing status={status} />}
      <RecordForm key={channel.id} record={channel} locked={LOCKED} inputs={INPUTS} />
    </div>
  );
}

function Standing({ status }: { status: ChannelStatus }) {
  const { record } = status;
  const state = stateOf(status);
  return (
    <section className={classes.standing} aria-label="How it stands" data-testid="standing">
      <Definitions>
        <Definition term="State">
          <ToneBadge tone={state.tone} label={state.label} />
        </Definition>
        <Definition term="Read">
          <ReadWhen status={status} />
        </Definition>
        <Definition term="By itself">
          <ByItself status={status} />
        </Definition>
        <Definition term="Shop">{shopFacts(record)}</Definition>
      </Definitions>
      <ListingCounts status={status} />
    </section>
  );
}

/** How often it is synced by itself, when that was last, and what kept it from its end. */
function ByItself({ status }: { status: ChannelStatus }) {
  const { record, byItself } = status;
  const parts = [
    oftenAndLast("Products", numberOf(record.fields, CHANNEL.every), byItself.productsAt),
    oftenAndLast("Stock", numberOf(record.fields, CHANNEL.stockEvery), byItself.stockAt),
  ];
  const told = parts.filter((text) => text !== null).join(" · ");
  if (told === "") return <span className={classes.quiet}>Never; you sync it.</span>;
  return (
    <span data-testid="by-itself">
      {told}
      {byItself.isRunning && " · now"}
      {byItself.problem !== null && (
        <span className={classes.fatal}> · Last time it did not end: {byItself.problem}</span>
      )}
    </span>
  );
}

function oftenAndLast(what: string, every: number | null, last: number | null): string | null {
  if (every === null) return null;
  const often = `${what} every ${formatInteger(every)} min`;
  return last === null ? often : `${often}, last ${formatAgo(last)}`;
}

/** What the shop said of itself, in one line. */
function shopFacts(channel: DataRecord): string {
  const { shopName, address, currency, placeName } = CHANNEL;
  const said = [shopName, address, currency, placeName].map((key) => textOf(channel.fields, key));
  return [platformLabel(channel), ...said].filter((part) => part !== "").join(" · ");
}
