import type { WorkspaceInfo } from "../../bindings";
import { showErrorToast } from "../../components/toast";
import { CommandError } from "../../lib/errors";

/** Says so when the workspace is open but its password could not be remembered. */
export function tellRemember({ rememberProblem }: WorkspaceInfo): void {
  if (rememberProblem === undefined) return;
  showErrorToast(
    new CommandError({
      code: "file",
      message: "The database password is not remembered.",
      hint: rememberProblem,
    }),
  );
}
