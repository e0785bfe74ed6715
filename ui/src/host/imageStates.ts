import { useQuery } from "@tanstack/react-query";

import type { ImageInfo } from "../bindings";
import { useHost } from "./context";
import type { Host } from "./host";

/** Rows that come into view together are asked about together. */
const GATHERED_MS = 15;

interface Waiting {
  resolve: (info: ImageInfo | null) => void;
  reject: (error: unknown) => void;
}

type Gathering = Map<string, Waiting[]>;

const gatherings = new WeakMap<Host, Gathering>();

/** How an address of a picture stands; null where no record named it yet. */
function askFor(host: Host, address: string): Promise<ImageInfo | null> {
  let gathering = gatherings.get(host);
  if (gathering === undefined) {
    gathering = new Map();
    gatherings.set(host, gathering);
    const gathered = gathering;
    setTimeout(() => void answer(host, gathered), GATHERED_MS);
  }
  const waiting = gathering.get(address) ?? [];
  gathering.set(address, waiting);
  return new Promise((resolve, reject) => waiting.push({ resolve, reject }));
}

async function answer(host: Host, gathered: Gathering): Promise<void> {
  gatherings.delete(host);
  const waiting = [...gathered];
  try {
    const addresses = waiting.map(([address]) => address);
    const infos = await host.call("images.states", { addresses });
    const found = new Map(infos.map((info) => [info.address, info]));
    for (const [address, each] of waiting) {
      for (const { resolve } of each) resolve(found.get(address) ?? null);
    }
  } catch (error) {
    for (const { reject } of waiting.flatMap(([, each]) => each)) reject(error);
  }
}

/** How an address of a picture stands, asked for while `isWanted`; undefined until it is known. */
export function useImageState(address: string, isWanted: boolean): ImageInfo | null | undefined {
  const host = useHost();
  return useQuery({
    queryKey: ["images.states", { address }],
    queryFn: () => askFor(host, address),
    enabled: isWanted,
    staleTime: Number.POSITIVE_INFINITY,
  }).data;
}
