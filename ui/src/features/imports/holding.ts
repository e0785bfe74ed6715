/** What the rows of a file are meant to be: records of a kind, or the price file of a supplier. */
import type { ChosenFile, Kind, OpenImport, RecordId } from "../../bindings";
import { isKind } from "../../components/recordKinds";

/** What the address says of a file; nothing lets the core guess by the names of the columns. */
export type Holding = Pick<OpenImport, "kind" | "sender">;

const KIND = "kind";
const SENDER = "sender";

/** What an address says. */
export function holdingOf(params: URLSearchParams): Holding {
  const [kind, sender] = [params.get(KIND), params.get(SENDER)];
  if (sender !== null) return { sender };
  return isKind(kind) ? { kind } : {};
}

/** The address of the same file that holds something else. */
export function withHolding(params: URLSearchParams, holding: Holding): URLSearchParams {
  const next = new URLSearchParams(params);
  next.delete(KIND);
  next.delete(SENDER);
  if (holding.sender) next.set(SENDER, holding.sender);
  else if (holding.kind) next.set(KIND, holding.kind);
  return next;
}

/** The address of a file that was chosen or dropped, where the address says already what it will hold. */
export function withFile(params: URLSearchParams, { token, name }: ChosenFile): URLSearchParams {
  const next = new URLSearchParams(params);
  next.set("file", token);
  next.set("name", name);
  return next;
}

/** A choice of a list. */
export function choiceOf(kind: Kind, sender: RecordId | null): string {
  return sender === null ? `${KIND} ${kind}` : `${SENDER} ${sender}`;
}

/** What a choice of a list stands for. */
export function chosen(choice: string): Holding {
  const [what = "", key = ""] = choice.split(" ", 2);
  if (what === SENDER) return { sender: key };
  return isKind(key) ? { kind: key } : {};
}
