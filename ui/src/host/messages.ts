/** What the page of a browser and the server of Vite say to each other during development. */
import type { CommandName, Request } from "./host";

export const ASK = "backstock:ask";
export const ANSWER = "backstock:answer";
export const EVENT = "backstock:event";
export const DROP = "backstock:drop";

/** A command, with a number that its answer has too. */
export interface Ask<N extends CommandName = CommandName> {
  id: number;
  name: N;
  request: Request<N>;
}

/** A file that was dropped on the page. */
export interface Drop {
  name: string;
  content: string;
}
