import { useMutation, useQueryClient } from "@tanstack/react-query";

import { useHost } from "../../host/context";

/** Lets a person choose the file of a workspace, and opens it. */
export function useOpenFile() {
  const host = useHost();
  const client = useQueryClient();
  return useMutation({
    mutationFn: async () => {
      const file = await host.call("files.choose", {});
      return file && host.call("workspaces.open_file", { file: file.token });
    },
    onSuccess: (workspace) => {
      if (workspace) void client.invalidateQueries({ queryKey: ["app.state"] });
    },
  });
}
