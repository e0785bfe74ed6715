import { Button } from "@mantine/core";

import { useCommand } from "../../host/command";

/** The way out of a workspace that cannot be opened or is not the right one. */
export function OtherWorkspace() {
  const close = useCommand("workspaces.close");
  return (
    <Button
      variant="subtle"
      color="gray"
      loading={close.isPending}
      onClick={() => close.mutate({})}
      data-testid="other-workspace"
    >
      Choose another workspace
    </Button>
  );
}
