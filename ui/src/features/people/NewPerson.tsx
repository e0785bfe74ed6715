import { useNavigate, useSearchParams } from "react-router";

import { DraftFoot } from "../../components/DraftFoot";
import { InlineError } from "../../components/ErrorState";
import { NewPanel } from "../../components/NewPanel";
import { showToast } from "../../components/toast";
import { typedForm } from "../../components/TypedForm";
import { useTyped } from "../../components/useTyped";
import { paths } from "../../lib/paths";
import { usePeoplePanel } from "./panel";
import { PasswordChoice, useGivenPassword } from "./PasswordChoice";
import classes from "./People.module.css";
import { PersonFields, type PersonValues } from "./PersonFields";
import { usePeopleCommand } from "./usePeopleCommand";

const BLANK: PersonValues = { name: "", email: "", role: "" };

/** The form for a person who has no account yet. */
export function NewPerson() {
  const { close, showPassword } = usePeoplePanel();
  const typed = useTyped("person.new", BLANK);
  const { values } = typed;
  const password = useGivenPassword();
  const navigate = useNavigate();
  const search = useSearchParams()[0].toString();
  const create = usePeopleCommand("users.create", (made) => {
    typed.done();
    showToast(`${made.user.name} can sign in now.`);
    showPassword(made);
    void navigate({ pathname: paths.person(made.user.id), search }, { replace: true });
  });
  const form = typedForm(typed, create);
  const isComplete =
    values.name.trim() !== "" &&
    values.email.includes("@") &&
    values.role !== "" &&
    password.isFine;
  const save = () =>
    create.mutate({
      name: values.name.trim(),
      email: values.email.trim(),
      role: values.role,
      password: password.typed,
    });
  return (
    <NewPanel
      title="Add a person"
      lead="They choose their own password at first."
      foot={
        <DraftFoot
          isTouched={form.changed.length > 0 || password.typed !== null}
          restoredAt={form.restoredAt}
          onDiscard={() => {
            form.forget();
            password.type(null);
          }}
        />
      }
      saveLabel="Add person"
      onSave={save}
      onClose={close}
      isSaving={create.isPending}
      isBlocked={!isComplete}
      testid="person-panel"
      saveTestid="create-person"
    >
      <div className={classes.form}>
        <PersonFields values={values} onChange={form.type} errors={form.refused} autoFocus />
        <PasswordChoice password={password} owner={values} error={form.refused["password"]} />
        {form.failure !== null && <InlineError error={form.failure} />}
      </div>
    </NewPanel>
  );
}
