import { useMediaQuery } from "@mantine/hooks";

/** There the words of actions would take the room of what they are about. */
const NARROW = "(width < 1200px)";

/** Whether the window is narrow, or its type so large that it might as well be. */
export function useIsNarrow(): boolean {
  return useMediaQuery(NARROW) ?? false;
}
