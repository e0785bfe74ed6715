import { IconUserOff } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useParams } from "react-router";

import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";
import { usePeoplePanel } from "./panel";
import { PersonForm } from "./PersonForm";
import { PersonMenu } from "./PersonMenu";
import { PersonStatus } from "./PersonStatus";

/** One person beside the list. */
export function PersonPanel() {
  const { id = "" } = useParams();
  const { close } = usePeoplePanel();
  const { data, error, refetch } = useQuery(commandQuery(useHost(), "users.list", {}));
  const user = data?.users.find((each) => each.id === id);
  const isMissing = data !== undefined && !user;
  return (
    <Panel
      title={isMissing ? "Person" : user?.name}
      label={user?.name ?? "Person"}
      subtitle={
        user && (
          <>
            <PersonStatus user={user} />
            <span>{user.roleName}</span>
          </>
        )
      }
      actions={user && <PersonMenu user={user} />}
      failure={
        user || !error
          ? null
          : { error, title: "The person could not be read", retry: () => void refetch() }
      }
      onClose={close}
      testid="person-panel"
    >
      {user && <PersonForm key={user.id} user={user} />}
      {isMissing && (
        <EmptyState icon={<IconUserOff size={22} />} title="There is no such person">
          They were deleted meanwhile. What they did stays in the history.
        </EmptyState>
      )}
    </Panel>
  );
}
