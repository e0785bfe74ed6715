import { ActionIcon, Button } from "@mantine/core";
import { IconX } from "@tabler/icons-react";
import { useState } from "react";
import { useNavigate, useSearchParams } from "react-router";

import { InlineError } from "../../components/ErrorState";
import panelClasses from "../../components/Panel.module.css";
import { PanelFrame } from "../../components/PanelFrame";
import { showToast } from "../../components/toast";
import { toCoreError } from "../../lib/errors";
import { paths } from "../../lib/paths";
import { useShortcuts } from "../../lib/shortcuts";
import { usePeoplePanel } from "./panel";
import { PasswordChoice, useGivenPassword } from "./PasswordChoice";
import classes from "./People.module.css";
import { PersonFields, type PersonValues } from "./PersonFields";
import { usePeopleCommand } from "./usePeopleCommand";

const BLANK: PersonValues = { name: "", email: "", role: "" };

/** The form for somebody who has no account yet. */
export function NewPerson() {
  const { close, showPassword } = usePeoplePanel();
  const [values, setValues] = useState(BLANK);
  const password = useGivenPassword();
  const navigate = useNavigate();
  const search = useSearchParams()[0].toString();
  const create = usePeopleCommand("users.create", (made) => {
    showToast(`${made.user.name} can sign in now.`);
    showPassword(made);
    void navigate({ pathname: paths.person(made.user.id), search }, { replace: true });
  });
  const errors = create.error ? (toCoreError(create.error).fields ?? {}) : {};
  const isComplete =
    values.name.trim() !== "" &&
    values.email.includes("@") &&
    values.role !== "" &&
    password.isFine;
  const save = () => {
    if (!isComplete || create.isPending) return;
    create.mutate({
      name: values.name.trim(),
      email: values.email.trim(),
      role: values.role,
      password: password.typed,
    });
  };
  useShortcuts({ "mod+s": save });
  return (
    <PanelFrame label="Add a person" testid="person-panel" onClose={close}>
      <header className={panelClasses.header}>
        <div className={panelClasses.titles}>
          <h2 className={panelClasses.title}>Add a person</h2>
          <div className={panelClasses.subtitle}>They choose their own password at first.</div>
        </div>
        <ActionIcon aria-label="Close" onClick={close}>
          <IconX size={16} />
        </ActionIcon>
      </header>
      <div className={classes.form}>
        <PersonFields
          values={values}
          onChange={(part) => setValues((old) => ({ ...old, ...part }))}
          errors={errors}
          autoFocus
        />
        <PasswordChoice password={password} owner={values} error={errors["password"]} />
        {create.error && Object.keys(errors).length === 0 && <InlineError error={create.error} />}
      </div>
      <footer className={panelClasses.foot}>
        <span className={panelClasses.gap} />
        <Button
          onClick={save}
          loading={create.isPending}
          disabled={!isComplete}
          rightSection={<span className={panelClasses.key}>Ctrl S</span>}
          data-testid="create-person"
        >
          Add person
        </Button>
      </footer>
    </PanelFrame>
  );
}
