import { useQueryClient } from "@tanstack/react-query";

import type { User, UserPage } from "../../bindings";
import { Reason } from "../../components/Reason";
import { showToast } from "../../components/toast";
import { typedForm, TypedNews, TypedSaveBar } from "../../components/TypedForm";
import { useTyped } from "../../components/useTyped";
import classes from "./People.module.css";
import { PersonFacts } from "./PersonFacts";
import { PersonFields, type PersonValues } from "./PersonFields";
import { usePeopleCommand } from "./usePeopleCommand";

/** Name, e-mail and role of a person, and what can be done with the account. */
export function PersonForm({ user }: { user: User }) {
  const { id, version, name, email, role, mayEdit } = user;
  const client = useQueryClient();
  const typed = useTyped<PersonValues>(`person.${id}`, { name, email, role }, mayEdit);
  const update = usePeopleCommand("users.update", (saved) => {
    // What was saved is shown at once, not what stood there before until all people are read again.
    client.setQueriesData<UserPage>(
      { queryKey: ["users.list"] },
      (page) =>
        page && { ...page, users: page.users.map((each) => (each.id === saved.id ? saved : each)) },
    );
    typed.forget();
    showToast(`${saved.name} saved.`);
  });
  const form = typedForm(typed, update);
  const { values } = form;
  const save = () =>
    update.mutate({
      id,
      version,
      name: values.name.trim(),
      email: values.email.trim(),
      role: values.role,
    });
  return (
    <>
      <div className={classes.form}>
        {!mayEdit && <Reason>{user.reason ?? "You may not change this person."}</Reason>}
        <PersonFields
          values={values}
          onChange={form.type}
          errors={form.refused}
          isReadOnly={!mayEdit}
        />
        <TypedNews form={form} newsOf={(part) => newsOf(user, part)} />
        <PersonFacts user={user} />
      </div>
      <TypedSaveBar
        form={form}
        isBlocked={values.name.trim() === "" || !values.email.includes("@")}
        onSave={save}
      />
    </>
  );
}

/** What another user made of a part. */
function newsOf({ name, email, roleName }: User, part: keyof PersonValues): string {
  if (part === "name") return `The name is now ${name}.`;
  return part === "email" ? `The e-mail address is now ${email}.` : `The role is now ${roleName}.`;
}
