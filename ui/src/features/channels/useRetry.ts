import { useMutation } from "@tanstack/react-query";
import { useNavigate } from "react-router";

import type { ListingInfo, RecordId } from "../../bindings";
import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";
import type { Host } from "../../host/host";
import { paths } from "../../lib/paths";

/** How many are asked for at a time. */
const PAGE_LENGTH = 500;

/** Reads the shop, plans what failed once more, these or all of it, and opens the plan. */
export function useRetry(channel: RecordId) {
  const host = useHost();
  const navigate = useNavigate();
  return useMutation({
    mutationFn: async (failed: readonly ListingInfo[] | "all") => {
      const listings = failed === "all" ? await allFailed(host, channel) : failed;
      return host.call("channels.sync", { id: channel, listings: listings.map(({ id }) => id) });
    },
    onSuccess: ({ job, plan }) => (plan === null ? undefined : navigate(paths.plan(plan, job))),
    onError: showErrorToast,
  });
}

async function allFailed(host: Host, channel: RecordId): Promise<ListingInfo[]> {
  const found: ListingInfo[] = [];
  let after: number | null = null;
  do {
    const request = { channel, filter: "failed" as const, after, limit: PAGE_LENGTH };
    const page: { rows: ListingInfo[]; next: number | null } = await host.call(
      "listings.list",
      request,
    );
    found.push(...page.rows);
    after = page.next;
  } while (after !== null);
  return found;
}
