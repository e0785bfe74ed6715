import "@mantine/core/styles.css";
import "@mantine/dates/styles.css";
import "@mantine/spotlight/styles.css";
import "./app/theme.css";

import { StrictMode } from "react";
import { createRoot } from "react-dom/client";

import { App } from "./app/App";
import { connectHost } from "./host/connect";
import { createQueryClient } from "./lib/query";

const element = document.getElementById("root");
if (!element) throw new Error("The page has no root element.");
const root = createRoot(element);
const host = await connectHost();
root.render(
  <StrictMode>
    <App host={host} client={createQueryClient()} />
  </StrictMode>,
);
