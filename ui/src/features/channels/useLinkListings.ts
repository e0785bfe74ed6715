import { useMutation } from "@tanstack/react-query";

import type { LinkState, ListingInfo, ListingLink, RecordId } from "../../bindings";
import { showErrorToast, showInfo, showToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { formatCount } from "../../lib/format";

/** What a listing shall be from now on. */
export interface NewLink {
  listing: ListingInfo;
  link: LinkState;
  /** Our product, of one that is linked. */
  record?: RecordId | undefined;
}

interface Links {
  links: ListingLink[];
  /** What takes it back; empty for what takes something back itself. */
  back: ListingLink[];
  /** "linked", "ignored". */
  done: string;
}

/** How many are said at a time. */
const TOGETHER = 2_000;

/** Says what listings are, tells what became of it, and offers Undo. */
export function useLinkListings(channel: RecordId) {
  const host = useHost();
  const { mutate, isPending } = useMutation({
    mutationFn: async ({ links }: Links) => {
      let [changed, kept] = [0, 0];
      for (let at = 0; at < links.length; at += TOGETHER) {
        const part = links.slice(at, at + TOGETHER);
        const said = await host.call("listings.link", { channel, links: part });
        changed += said.changed;
        kept += said.kept;
      }
      return { changed, kept };
    },
    onSuccess: ({ changed, kept }, { back, done }) => {
      const stayed = kept === 0 ? "" : ` ${formatCount(kept, "listing")} stayed: ${WHY_KEPT}`;
      if (changed === 0) {
        showInfo(`Nothing was changed.${stayed}`);
        return;
      }
      const undo = () => mutate({ links: back, back: [], done: "as before" });
      showToast(
        `${formatCount(changed, "listing")} ${done}.${stayed}`,
        back.length === 0 ? undefined : { label: "Undo", onClick: undo },
      );
    },
    onError: showErrorToast,
  });
  const say = (wanted: NewLink[], done: string) =>
    mutate({
      links: wanted.map(({ listing, link, record }) => ({
        listing: listing.id,
        link,
        record: record ?? null,
      })),
      back: wanted.map(({ listing }) => ({
        listing: listing.id,
        link: listing.link,
        record: listing.record?.id ?? null,
      })),
      done,
    });
  return { say, isPending };
}

const WHY_KEPT = "the product is another listing's already, or something is on its way.";
