import { Button, Loader, Select, TextInput } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";

import type { ChannelPlace } from "../../bindings";
import { useHost } from "../../host/context";
import { toCoreError } from "../../lib/errors";
import { textOf } from "../../lib/values";
import type { CustomInputProps } from "../records/form";
import classes from "./Channels.module.css";
import { CHANNEL } from "./fields";
import { useChannelRights } from "./useChannelRights";

/** The place whose stock is kept in step, of those that the shop has; typed where it cannot be asked. */
export function PlaceInput(props: CustomInputProps) {
  const { input, edited, isReadOnly, onType, onTypeOther } = props;
  const { id = "" } = useParams();
  const { mayMatch } = useChannelRights();
  const host = useHost();
  // The shop is asked once the user looks at what can be chosen.
  const [isWanted, setWanted] = useState(false);
  const asked = useQuery({
    queryKey: ["places of a shop", { id }],
    queryFn: () => host.call("channels.test", { id }),
    enabled: isWanted,
    retry: false,
  });
  const place = typeof input === "string" ? input : "";
  const name = textOf(edited, CHANNEL.placeName);
  const common = {
    label: props.label,
    error: props.problem,
    "data-testid": `field-${CHANNEL.place}`,
  };
  const places = asked.data?.places ?? [];
  if (isReadOnly || !mayMatch || asked.error !== null) {
    const isNamed = isReadOnly && name !== "";
    return (
      <TextInput
        {...common}
        description={asked.error === null ? props.help : <Unknown query={asked} name={name} />}
        readOnly={isReadOnly}
        value={isNamed ? `${name} (${place})` : place}
        onChange={(event) => {
          onType(event.currentTarget.value);
          // What it is called is not known any more.
          onTypeOther(CHANNEL.placeName, "");
        }}
        spellCheck={false}
      />
    );
  }
  return (
    <Select
      {...common}
      description={props.help}
      placeholder="None: stock is left alone"
      data={placesWith(places, place, name, asked.data !== undefined)}
      onDropdownOpen={() => setWanted(true)}
      rightSection={asked.isFetching ? <Loader size={14} /> : undefined}
      nothingFoundMessage={asked.isFetching ? "Asking the shop for its places" : "No such place"}
      value={place === "" ? null : place}
      onChange={(chosen) => {
        onType(chosen ?? "");
        onTypeOther(CHANNEL.placeName, places.find((each) => each.id === chosen)?.name ?? "");
      }}
      searchable
      clearable
    />
  );
}

/** What can be chosen; a place that the shop has no more stays where it was chosen. */
function placesWith(
  places: readonly ChannelPlace[],
  chosen: string,
  name: string,
  isKnown: boolean,
) {
  const data = places.map((place) => ({
    value: place.id,
    label: place.active ? place.name : `${place.name} (not in use)`,
  }));
  if (chosen === "" || places.some(({ id }) => id === chosen)) return data;
  const label = `${name || chosen}${isKnown ? " (not in the shop)" : ""}`;
  return [...data, { value: chosen, label }];
}

interface UnknownProps {
  query: { error: unknown; isFetching: boolean; refetch: () => unknown };
  name: string;
}

/** Why the places are not offered, and another try. */
function Unknown({ query: { error, isFetching, refetch }, name }: UnknownProps) {
  const called = name === "" ? "" : `This one is called ${name}. `;
  return (
    <>
      The shop does not say its places: {toCoreError(error).message} {called}Type the id of a place,
      or{" "}
      <Button
        variant="transparent"
        size="compact-xs"
        className={classes.inline ?? ""}
        loading={isFetching}
        onClick={() => void refetch()}
      >
        ask again
      </Button>
    </>
  );
}
