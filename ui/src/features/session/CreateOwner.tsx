import { TextInput } from "@mantine/core";
import { useState } from "react";

import { CurrencySelect } from "../../components/CurrencySelect";
import { InlineError } from "../../components/ErrorState";
import { useCommand } from "../../host/command";
import { useAppState } from "../../host/state";
import { likelyCurrency } from "../../lib/currency";
import { toCoreError } from "../../lib/errors";
import { OtherWorkspace } from "../workspaces/OtherWorkspace";
import { StartForm } from "../workspaces/StartForm";
import { StartScreen } from "../workspaces/StartScreen";
import { keepLastEmail } from "./lastEmail";
import { NewPasswordInput } from "./NewPasswordInput";

/** The first person of a workspace, who may do everything. */
export function CreateOwner() {
  const { workspace } = useAppState();
  const [name, setName] = useState("");
  const [email, setEmail] = useState("");
  const [password, setPassword] = useState("");
  const [isFine, setIsFine] = useState(false);
  const [currency, setCurrency] = useState(() => likelyCurrency());
  const create = useCommand("session.create_owner", () => keepLastEmail(email));
  const fields = create.error ? (toCoreError(create.error).fields ?? {}) : {};
  const complete = name.trim() !== "" && email.includes("@") && isFine;
  return (
    <StartScreen
      title="Create the owner account"
      lead={`The owner of ${workspace?.name ?? "the workspace"} may do everything in it and can add others later.`}
      foot={<OtherWorkspace />}
    >
      <StartForm
        submitLabel="Create account"
        onSubmit={() =>
          create.mutate({ name: name.trim(), email: email.trim(), password, currency })
        }
        isBusy={create.isPending}
        isBlocked={!complete}
        testid="create-owner"
      >
        <TextInput
          label="Your name"
          autoComplete="name"
          value={name}
          onChange={(event) => setName(event.currentTarget.value)}
          error={fields["name"]}
          required
          autoFocus
          data-testid="owner-name"
        />
        <TextInput
          label="E-mail"
          type="email"
          autoComplete="email"
          description="You sign in with it. Nothing is sent to it."
          value={email}
          onChange={(event) => setEmail(event.currentTarget.value)}
          error={fields["email"]}
          required
          data-testid="owner-email"
        />
        <NewPasswordInput
          label="Password"
          value={password}
          onChange={setPassword}
          onJudged={setIsFine}
          owner={{ name, email }}
          error={fields["password"]}
          testid="owner-password"
        />
        <CurrencySelect
          label="Currency"
          description="Of all prices in this workspace. It can be changed in the settings."
          value={currency}
          onChange={setCurrency}
          error={fields["currency"]}
          testid="owner-currency"
        />
        {create.error && Object.keys(fields).length === 0 && <InlineError error={create.error} />}
      </StartForm>
    </StartScreen>
  );
}
