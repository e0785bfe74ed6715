import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useHost } from "../../host/context";
import { invalidateData } from "../../host/events";
import type { CommandName, Request, Response } from "../../host/host";

/**
 * A command that changes people or roles. What it leads to happens first, so that no user who is
 * gone is looked for; then what shows people is read again.
 */
export function usePeopleCommand<N extends CommandName>(
  name: N,
  onSuccess?: (response: Response<N>) => void,
) {
  const host = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: (request: Request<N>) => host.call(name, request),
    onSuccess: (response) => {
      onSuccess?.(response);
      invalidateData(client);
    },
    // Whatever was refused because another user was quicker shows how things stand now.
    onError: () => invalidateData(client),
  });
}
