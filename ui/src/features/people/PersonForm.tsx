import { useQueryClient } from "@tanstack/react-query";

import type { User, UserPage } from "../../bindings";
import { DraftNote } from "../../components/DraftFoot";
import { InlineError } from "../../components/ErrorState";
import { Reason } from "../../components/Reason";
import { SaveBar } from "../../components/SaveBar";
import { showToast } from "../../components/toast";
import { toCoreError } from "../../lib/errors";
import { useShortcuts } from "../../lib/shortcuts";
import { Overtaken } from "../../components/Overtaken";
import classes from "./People.module.css";
import { PersonFacts } from "./PersonFacts";
import { PersonFields, type PersonValues } from "./PersonFields";
import { usePeopleCommand } from "./usePeopleCommand";
import { useTyped } from "../../components/useTyped";

/** Name, e-mail and role of a person, and what can be done with the account. */
export function PersonForm({ user }: { user: User }) {
  const { name, email, role } = user;
  const client = useQueryClient();
  const form = useTyped<PersonValues>(`person.${user.id}`, { name, email, role });
  // A draft of somebody who may no longer be changed waits unseen.
  const values = user.mayEdit ? form.values : user;
  const changes = user.mayEdit ? form.changed.length : 0;
  const update = usePeopleCommand("users.update", (saved) => {
    // What was saved is shown at once, not what stood there before until all people are read again.
    client.setQueriesData<UserPage>(
      { queryKey: ["users.list"] },
      (page) =>
        page && { ...page, users: page.users.map((each) => (each.id === saved.id ? saved : each)) },
    );
    form.forget();
    showToast(`${saved.name} saved.`);
  });
  const errors = update.error ? (toCoreError(update.error).fields ?? {}) : {};
  const save = () => {
    if (changes === 0 || update.isPending || !user.mayEdit) return;
    update.mutate({
      id: user.id,
      version: user.version,
      name: values.name.trim(),
      email: values.email.trim(),
      role: values.role,
    });
  };
  useShortcuts({ "mod+s": save });
  return (
    <>
      <div className={classes.form}>
        {!user.mayEdit && <Reason>{user.reason ?? "You may not change this person."}</Reason>}
        <PersonFields
          values={values}
          onChange={(part) => {
            form.type(part);
            update.reset();
          }}
          errors={errors}
          isReadOnly={!user.mayEdit}
        />
        {user.mayEdit && <Overtaken news={form.overtaken.map((part) => newsOf(user, part))} />}
        {update.error && Object.keys(errors).length === 0 && <InlineError error={update.error} />}
        <PersonFacts user={user} />
      </div>
      <SaveBar
        changes={changes}
        problems={Object.keys(errors).length}
        isBlocked={values.name.trim() === "" || !values.email.includes("@")}
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
function newsOf({ name, email, roleName }: User, part: keyof PersonValues): string {
  if (part === "name") return `The name is now ${name}.`;
  return part === "email" ? `The e-mail address is now ${email}.` : `The role is now ${roleName}.`;
}
