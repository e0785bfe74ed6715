import { TextInput } from "@mantine/core";
import { IconUserShield } from "@tabler/icons-react";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useParams } from "react-router";

import type { Permission, RoleInfo } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { DraftNote } from "../../components/DraftFoot";
import { InlineError } from "../../components/ErrorState";
import { Panel } from "../../components/Panel";
import { Reason } from "../../components/Reason";
import { SaveBar } from "../../components/SaveBar";
import { showToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { toCoreError } from "../../lib/errors";
import { commandQuery } from "../../lib/query";
import { useShortcuts } from "../../lib/shortcuts";
import { usePeoplePanel } from "./panel";
import { Overtaken } from "../../components/Overtaken";
import classes from "./People.module.css";
import { PermissionList } from "./PermissionList";
import { holdersOf, RoleMenu } from "./RoleMenu";
import { usePeopleCommand } from "./usePeopleCommand";
import { useTyped } from "../../components/useTyped";

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
  const client = useQueryClient();
  const form = useTyped<RoleValues>(`role.${role.key}`, {
    name: role.name,
    permissions: role.permissions,
  });
  // A draft of a role that may no longer be changed waits unseen.
  const { name, permissions } = role.mayEdit ? form.values : role;
  const changes = role.mayEdit ? form.changed.length : 0;
  const update = usePeopleCommand("roles.update", (saved) => {
    // What was saved is shown at once, not what stood there before until the roles are read again.
    client.setQueryData<RoleInfo[]>(["roles.list", {}], (roles) =>
      roles?.map((each) => (each.key === saved.key ? saved : each)),
    );
    form.forget();
    showToast(`The role ${saved.name} is saved.`);
  });
  const errors = update.error ? (toCoreError(update.error).fields ?? {}) : {};
  const isBlocked = name.trim() === "" || permissions.length === 0;
  const save = () => {
    if (changes === 0 || isBlocked || update.isPending) return;
    update.mutate({ key: role.key, version: role.version, name: name.trim(), permissions });
  };
  const type = (part: Partial<RoleValues>) => {
    form.type(part);
    update.reset();
  };
  useShortcuts({ "mod+s": save });
  return (
    <>
      <div className={classes.form}>
        {role.builtIn ? (
          <Reason>
            Built in: what it may do is fixed. Make a role of your own with the same rights to
            change them.
          </Reason>
        ) : (
          !role.mayEdit && <Reason>{role.reason ?? "You may not change this role."}</Reason>
        )}
        {role.mayEdit && (
          <TextInput
            label="Name"
            value={name}
            onChange={(event) => type({ name: event.currentTarget.value })}
            error={errors["name"]}
            required
            data-testid="role-name"
          />
        )}
        <PermissionList
          chosen={permissions}
          onChange={role.mayEdit ? (chosen) => type({ permissions: chosen }) : undefined}
        />
        {role.mayEdit && <Overtaken news={form.overtaken.map((part) => newsOf(role, part))} />}
        {update.error && !errors["name"] && <InlineError error={update.error} />}
      </div>
      <SaveBar
        changes={changes}
        problems={Object.keys(errors).length}
        isBlocked={isBlocked}
        saving={update.isPending}
        onSave={save}
        onDiscard={() => {
          form.forget();
          update.reset();
        }}
        note={<DraftNote at={form.restoredAt} />}
      />
    </>
  );
}

/** What somebody else made of a part. */
function newsOf({ name }: RoleInfo, part: keyof RoleValues): string {
  return part === "name" ? `The role is now called ${name}.` : "What the role may do is another.";
}
