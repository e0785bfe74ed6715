import type { RouteObject } from "react-router";

const list = () => import("./ChannelsPage");
const connect = () => import("./NewChannel");
const page = () => import("./ChannelPage");

/** The shops, with the form for another one beside them, and the page of each. */
export const channelRoutes: RouteObject[] = [
  {
    path: "channels",
    lazy: async () => ({ Component: (await list()).ChannelsPage }),
    children: [{ path: "new", lazy: async () => ({ Component: (await connect()).NewChannel }) }],
  },
  {
    path: "channels/:id/:tab?",
    lazy: async () => ({ Component: (await page()).ChannelPage }),
  },
];
