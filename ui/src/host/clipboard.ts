import { useCallback } from "react";

import { showErrorToast } from "../components/toast";
import { useHost } from "./context";

/** Puts a text on the clipboard, and says so when it did not get there; answers whether it did. */
export function useCopyText(): (text: string) => Promise<boolean> {
  const host = useHost();
  return useCallback(
    async (text) => {
      try {
        await host.copyText(text);
        return true;
      } catch (error) {
        showErrorToast(error);
        return false;
      }
    },
    [host],
  );
}
