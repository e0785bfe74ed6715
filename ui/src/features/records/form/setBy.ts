import type { SetBy } from "../../../bindings";

/** Who gave a field its value: "Vic", "You", or what is known at least. */
export function whoSet({ person, you }: SetBy): string {
  if (you) return "You";
  return person === "" ? "Another person" : person;
}
