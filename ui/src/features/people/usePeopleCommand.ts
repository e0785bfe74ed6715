import { useQueryClient } from "@tanstack/react-query";

import { useCommand } from "../../host/command";
import { invalidateData } from "../../host/events";
import type { CommandName, Response } from "../../host/host";

/** A command that changes people or roles: what shows them is read again afterwards. */
export function usePeopleCommand<N extends CommandName>(
  name: N,
  onSuccess?: (response: Response<N>) => void,
) {
  const client = useQueryClient();
  return useCommand(name, (response) => {
    invalidateData(client);
    onSuccess?.(response);
  });
}
