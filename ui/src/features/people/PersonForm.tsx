import { useState } from "react";

import type { User } from "../../bindings";
import { InlineError } from "../../components/ErrorState";
import { Reason } from "../../components/Reason";
import { SaveBar } from "../../components/SaveBar";
import { showToast } from "../../components/toast";
import { toCoreError } from "../../lib/errors";
import { useShortcuts } from "../../lib/shortcuts";
import classes from "./People.module.css";
import { PersonFacts } from "./PersonFacts";
import { PersonFields, type PersonValues } from "./PersonFields";
import { PersonHeader } from "./PersonHeader";
import { usePeopleCommand } from "./usePeopleCommand";

/** Name, e-mail and role of a person, and what can be done with the account. */
export function PersonForm({ user }: { user: User }) {
  const [typed, setTyped] = useState<Partial<PersonValues>>({});
  const { name, email, role } = user;
  const values = { name, email, role, ...typed };
  const changes = changedParts(user, typed).length;
  const update = usePeopleCommand("users.update", (saved) => {
    setTyped({});
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
      <PersonHeader user={user} />
      <div className={classes.form}>
        {!user.mayEdit && <Reason>{user.reason ?? "You may not change this person."}</Reason>}
        <PersonFields
          values={values}
          onChange={(part) => {
            setTyped((old) => ({ ...old, ...part }));
            update.reset();
          }}
          errors={errors}
          isReadOnly={!user.mayEdit}
        />
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
          setTyped({});
          update.reset();
        }}
      />
    </>
  );
}

const PARTS = ["name", "email", "role"] as const;

function changedParts(user: User, typed: Partial<PersonValues>) {
  return PARTS.filter((part) => typed[part] !== undefined && typed[part] !== user[part]);
}
