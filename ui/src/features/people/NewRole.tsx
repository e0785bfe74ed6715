import { TextInput } from "@mantine/core";
import { useNavigate, useSearchParams } from "react-router";

import type { RoleInfo } from "../../bindings";
import { DraftFoot } from "../../components/DraftFoot";
import { InlineError } from "../../components/ErrorState";
import { NewPanel } from "../../components/NewPanel";
import { Panel } from "../../components/Panel";
import { showToast } from "../../components/toast";
import { typedForm } from "../../components/TypedForm";
import { useTyped } from "../../components/useTyped";
import { useRoles } from "../../host/roles";
import { useAppState } from "../../host/state";
import { paths } from "../../lib/paths";
import { usePeoplePanel } from "./panel";
import classes from "./People.module.css";
import { PermissionList } from "./PermissionList";
import type { RoleValues } from "./RolePanel";
import { usePeopleCommand } from "./usePeopleCommand";

/** The form for a role, empty or with the rights of another one. */
export function NewRole() {
  const from = useSearchParams()[0].get("from");
  const roles = useRoles();
  const { close } = usePeoplePanel();
  const like = roles?.find(({ key }) => key === from);
  // A form that began without the rights of the other role would never get them.
  if (from !== null && !roles) {
    return <Panel title={undefined} label="New role" onClose={close} testid="role-panel" />;
  }
  return <NewRoleForm key={from} like={like} />;
}

function NewRoleForm({ like }: { like: RoleInfo | undefined }) {
  const { close } = usePeoplePanel();
  const navigate = useNavigate();
  const mine = useAppState().person?.permissions ?? [];
  const typed = useTyped<RoleValues>(`role.new.${like?.key ?? ""}`, {
    name: "",
    permissions: like?.permissions.filter((each) => mine.includes(each)) ?? ["view_products"],
  });
  const { name, permissions } = typed.values;
  const create = usePeopleCommand("roles.create", (role) => {
    typed.done();
    showToast(`The role ${role.name} is made.`);
    void navigate(paths.role(role.key), { replace: true });
  });
  const form = typedForm(typed, create);
  const isComplete = name.trim() !== "" && permissions.length > 0;
  return (
    <NewPanel
      title="Make a role"
      lead={like ? `With the rights of ${like.name}.` : "A name, and what people with it may do."}
      foot={
        <DraftFoot
          isTouched={form.changed.length > 0}
          restoredAt={form.restoredAt}
          onDiscard={form.forget}
        />
      }
      saveLabel="Make role"
      onSave={() => create.mutate({ name: name.trim(), permissions })}
      onClose={close}
      isSaving={create.isPending}
      isBlocked={!isComplete}
      testid="role-panel"
      saveTestid="create-role"
    >
      <div className={classes.form}>
        <TextInput
          label="Name"
          placeholder="Buyer"
          value={name}
          onChange={(event) => form.type({ name: event.currentTarget.value })}
          error={form.refused["name"]}
          required
          autoFocus
          data-testid="role-name"
        />
        <PermissionList
          chosen={permissions}
          onChange={(chosen) => form.type({ permissions: chosen })}
        />
        {form.failure !== null && <InlineError error={form.failure} />}
      </div>
    </NewPanel>
  );
}
