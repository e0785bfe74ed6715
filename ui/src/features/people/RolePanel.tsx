import { TextInput } from "@mantine/core";
import { IconUserShield } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";

import type { Permission, RoleInfo } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { Panel } from "../../components/Panel";
import { Reason } from "../../components/Reason";
import { showToast } from "../../components/toast";
import { typedForm, TypedNews, TypedSaveBar } from "../../components/TypedForm";
import { useTyped } from "../../components/useTyped";
import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";
import { usePeoplePanel } from "./panel";
import classes from "./People.module.css";
import { PermissionList } from "./PermissionList";
import { holdersOf, RoleMenu } from "./RoleMenu";
import { usePeopleCommand } from "./usePeopleCommand";

/** What is typed about a role. */
export interface RoleValues {
  name: string;
  permissions: Permission[];
}

/** One role beside the list. */
export function RolePanel() {
  const { key = "" } = useParams();
  const { close } = usePeoplePanel();
  const roles = useQuery(commandQuery(useHost(), "roles.list", {}));
  const role = roles.data?.find((each) => each.key === key);
  const isMissing = roles.data !== undefined && !role;
  return (
    <Panel
      title={isMissing ? "Role" : role?.name}
      label={role?.name ?? "Role"}
      subtitle={
        role && (
          <>
            <span>{role.description || (role.builtIn ? "Built in" : "Made here")}</span>
            <span>{holdersOf(role)}</span>
          </>
        )
      }
      actions={role && <RoleMenu role={role} />}
      failure={
        role || !roles.error
          ? null
          : {
              error: roles.error,
              title: "The role could not be read",
              retry: () => void roles.refetch(),
            }
      }
      onClose={close}
      testid="role-panel"
    >
      {role && <RoleForm key={role.key} role={role} />}
      {isMissing && (
        <EmptyState icon={<IconUserShield size={22} />} title="There is no such role">
          It was deleted meanwhile.
        </EmptyState>
      )}
    </Panel>
  );
}

function RoleForm({ role }: { role: RoleInfo }) {
  const { key, version, mayEdit } = role;
  const client = useQueryClient();
  const current = { name: role.name, permissions: role.permissions };
  const typed = useTyped<RoleValues>(`role.${key}`, current, mayEdit);
  const update = usePeopleCommand("roles.update", (saved) => {
    // What was saved is shown at once, not what stood there before until the roles are read again.
    client.setQueryData<RoleInfo[]>(["roles.list", {}], (roles) =>
      roles?.map((each) => (each.key === saved.key ? saved : each)),
    );
    typed.forget();
    showToast(`The role ${saved.name} is saved.`);
  });
  const form = typedForm(typed, update);
  const { name, permissions } = form.values;
  return (
    <>
      <div className={classes.form}>
        {role.builtIn ? (
          <Reason>
            Built in: what it may do is fixed. Make a role of your own with the same rights to
            change them.
          </Reason>
        ) : (
          !mayEdit && <Reason>{role.reason ?? "You may not change this role."}</Reason>
        )}
        {mayEdit && (
          <TextInput
            label="Name"
            value={name}
            onChange={(event) => form.type({ name: event.currentTarget.value })}
            error={form.refused["name"]}
            required
            data-testid="role-name"
          />
        )}
        <PermissionList
          chosen={permissions}
          onChange={mayEdit ? (chosen) => form.type({ permissions: chosen }) : undefined}
        />
        <TypedNews form={form} newsOf={(part) => newsOf(role, part)} />
      </div>
      <TypedSaveBar
        form={form}
        isBlocked={name.trim() === "" || permissions.length === 0}
        onSave={() => update.mutate({ key, version, name: name.trim(), permissions })}
      />
    </>
  );
}

/** What another user made of a part. */
function newsOf({ name }: RoleInfo, part: keyof RoleValues): string {
  return part === "name" ? `The role is now called ${name}.` : "What the role may do is another.";
}
