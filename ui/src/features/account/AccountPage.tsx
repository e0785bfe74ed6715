import { Button, TextInput } from "@mantine/core";
import { useState } from "react";

import { InlineError } from "../../components/ErrorState";
import { Page } from "../../components/Page";
import { Setting } from "../../components/Setting";
import { showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useAppState } from "../../host/state";
import { toCoreError } from "../../lib/errors";
import { ChangePasswordForm } from "../session/ChangePasswordForm";
import classes from "./AccountPage.module.css";

/** One's own name and password. */
export function AccountPage() {
  const { person } = useAppState();
  return (
    <Page title="Your account">
      <div className={classes.account}>
        <Setting title="Name" text="It stands at every change that you make.">
          <NameForm key={person?.name} name={person?.name ?? ""} />
        </Setting>
        <Setting
          title="E-mail"
          text="You sign in with it. Somebody who manages people can change it."
        >
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

function NameForm({ name }: { name: string }) {
  const [typed, setTyped] = useState(name);
  const update = useCommand("account.update", () => showToast("Your name is saved."));
  const problem = update.error ? toCoreError(update.error).fields?.["name"] : undefined;
  const next = typed.trim();
  return (
    <form
      className={classes.name}
      onSubmit={(event) => {
        event.preventDefault();
        update.mutate({ name: next });
      }}
    >
      <TextInput
        aria-label="Name"
        autoComplete="name"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        error={problem}
        data-testid="account-name"
      />
      <Button
        type="submit"
        loading={update.isPending}
        disabled={next === "" || next === name}
        data-testid="save-name"
      >
        Save name
      </Button>
      {update.error && problem === undefined && <InlineError error={update.error} />}
    </form>
  );
}
