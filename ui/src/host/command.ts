import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useHost } from "./context";
import type { CommandName, Request, Response } from "./host";

/**
 * A command that changes something, given by a button or a form. Afterwards the window asks anew
 * where things stand; what else changed is told by events.
 */
export function useCommand<N extends CommandName>(
  name: N,
  onSuccess?: (response: Response<N>) => void,
) {
  const host = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: Request<N>) => host.call(name, request),
    onSuccess: async (response) => {
      await client.invalidateQueries({ queryKey: ["app.state"] });
      onSuccess?.(response);
    },
  });
}
