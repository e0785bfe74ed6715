import { TextInput } from "@mantine/core";

import { Page } from "../../components/Page";
import { Setting } from "../../components/Setting";
import { showToast } from "../../components/toast";
import { typedForm, TypedNews, TypedSaveBar } from "../../components/TypedForm";
import { useTyped } from "../../components/useTyped";
import { useCommand } from "../../host/command";
import { useAppState } from "../../host/state";
import { ChangePasswordForm } from "../session/ChangePasswordForm";
import classes from "./AccountPage.module.css";

/** One's own name and password. */
export function AccountPage() {
  const { person } = useAppState();
  const typed = useTyped("account", { name: person?.name ?? "" });
  const update = useCommand("account.update", () => {
    typed.forget();
    showToast("Your name is saved.");
  });
  const form = typedForm(typed, update);
  const { name } = form.values;
  return (
    <Page
      title="Your account"
      foot={
        <TypedSaveBar
          form={form}
          isBlocked={name.trim() === ""}
          onSave={() => update.mutate({ name: name.trim() })}
        />
      }
    >
      <div className={classes.account}>
        <Setting title="Name" text="It stands at every change that you make.">
          <TextInput
            aria-label="Name"
            autoComplete="name"
            value={name}
            onChange={(event) => form.type({ name: event.currentTarget.value })}
            error={form.refused["name"]}
            data-testid="account-name"
          />
          <TypedNews form={form} newsOf={() => `Your name is now ${person?.name ?? ""}.`} />
        </Setting>
        <Setting title="E-mail" text="You sign in with it. People who manage people can change it.">
          {person?.email}
        </Setting>
        <Setting title="Role" text="What you may do here.">
          {person?.roleName}
        </Setting>
        <Setting
          title="Password"
          text="10 characters or more. A few words that have nothing to do with each other make a good one."
        >
          <ChangePasswordForm
            currentLabel="Current password"
            onChanged={() => showToast("Your password is changed.")}
          />
        </Setting>
      </div>
    </Page>
  );
}
