import { Skeleton, Stack, TextInput } from "@mantine/core";
import { IconUserShield } from "@tabler/icons-react";
import { useParams } from "react-router";

import type { Permission, RoleInfo } from "../../bindings";
import { ClosePanel } from "../../components/ClosePanel";
import { EmptyState } from "../../components/EmptyState";
import { KeptNote } from "../../components/DraftFoot";
import { InlineError } from "../../components/ErrorState";
import { PanelFrame } from "../../components/PanelFrame";
import { Reason } from "../../components/Reason";
import { SaveBar } from "../../components/SaveBar";
import { showToast } from "../../components/toast";
import { useRoles } from "../../host/roles";
import { toCoreError } from "../../lib/errors";
import { useShortcuts } from "../../lib/shortcuts";
import { usePeoplePanel } from "./panel";
import { Overtaken } from "./Overtaken";
import classes from "./People.module.css";
import { PermissionList } from "./PermissionList";
import { RoleHeader } from "./RoleHeader";
import { usePeopleCommand } from "./usePeopleCommand";
import { useTyped } from "./useTyped";

/** What is typed about a role. */
export interface RoleValues {
  name: string;
  permissions: Permission[];
}

/** One role beside the list. */
export function RolePanel() {
  const { key = "" } = useParams();
  const { close } = usePeoplePanel();
  const roles = useRoles();
  const role = roles?.find((each) => each.key === key);
  return (
    <PanelFrame label={role?.name ?? "Role"} testid="role-panel" onClose={close}>
      {role ? (
        <RoleForm key={role.key} role={role} />
      ) : roles ? (
        <EmptyState
          icon={<IconUserShield size={22} />}
          title="There is no such role"
          actions={<ClosePanel onClose={close} />}
        >
          It was deleted meanwhile.
        </EmptyState>
      ) : (
        <Stack gap={16} p={20} aria-busy aria-label="Reading the role">
          <Skeleton height={24} width={180} />
          <Skeleton height={240} />
        </Stack>
      )}
    </PanelFrame>
  );
}

function RoleForm({ role }: { role: RoleInfo }) {
  const form = useTyped<RoleValues>(`role.${role.key}`, {
    name: role.name,
    permissions: role.permissions,
  });
  // A draft of a role that may no longer be changed waits unseen.
  const { name, permissions } = role.mayEdit ? form.values : role;
  const changes = role.mayEdit ? form.changed.length : 0;
  const update = usePeopleCommand("roles.update", (saved) => {
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
      <RoleHeader role={role} />
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
        note={form.isRestored && <KeptNote />}
      />
    </>
  );
}

/** What somebody else made of a part. */
function newsOf({ name }: RoleInfo, part: keyof RoleValues): string {
  return part === "name" ? `The role is now called ${name}.` : "What the role may do is another.";
}
