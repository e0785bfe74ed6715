import { NumberInput, Skeleton, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { createPortal } from "react-dom";

import type { Settings } from "../../bindings";
import { CurrencySelect } from "../../components/CurrencySelect";
import { ErrorState } from "../../components/ErrorState";
import { Reason } from "../../components/Reason";
import { Setting } from "../../components/Setting";
import { showToast } from "../../components/toast";
import { typedForm, TypedNews, TypedSaveBar } from "../../components/TypedForm";
import { useTyped } from "../../components/useTyped";
import { useCommand } from "../../host/command";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { toCoreError } from "../../lib/errors";
import { commandQuery } from "../../lib/query";
import classes from "./SettingsPage.module.css";

interface FootProps {
  /** Where the save bar stands, under all that scrolls. */
  foot: HTMLElement | null;
}

/** What everybody in the workspace shares. */
export function WorkspaceSettings({ foot }: FootProps) {
  const { data, error, refetch } = useQuery(commandQuery(useHost(), "settings.get", {}));
  if (error) {
    return (
      <ErrorState
        error={error}
        title="The settings could not be read"
        onRetry={() => void refetch()}
      />
    );
  }
  if (!data)
    return <Skeleton height={220} role="status" aria-busy aria-label="Reading the settings" />;
  return <SettingsForm settings={data} foot={foot} />;
}

type Shared = Omit<Settings, "version">;

function SettingsForm({ settings, foot }: FootProps & { settings: Settings }) {
  const mayChange = useMay("manage_workspace");
  const { version: _, ...shared } = settings;
  const typed = useTyped<Shared>("settings", shared, mayChange);
  const { values } = typed;
  const { update, save } = useSave(settings, values, typed.forget);
  const form = typedForm(typed, update);
  const { type, refused } = form;
  return (
    <>
      {!mayChange && (
        <div className={classes.reason}>
          <Reason>Only people who manage the workspace can change these.</Reason>
        </div>
      )}
      <Setting title="Name" text="What the shop is called.">
        <TextInput
          aria-label="Name of the workspace"
          value={values.name}
          onChange={(event) => type({ name: event.currentTarget.value })}
          error={refused["name"]}
          disabled={!mayChange}
          data-testid="settings-name"
        />
      </Setting>
      <Setting title="Currency" text="Of all prices and costs. Changing it converts nothing.">
        <CurrencySelect
          value={values.currency}
          onChange={(currency) => type({ currency })}
          error={refused["currency"]}
          disabled={!mayChange}
          testid="settings-currency"
        />
      </Setting>
      <Setting
        title="Lock when idle"
        text="The window asks for the password again after so long without a key or the mouse. 0 is never."
      >
        <div className={classes.minutes}>
          <NumberInput
            aria-label="Minutes until the window locks"
            value={values.idleLockMinutes}
            onChange={(minutes) => type({ idleLockMinutes: Number(minutes) || 0 })}
            error={refused["idleLockMinutes"] ?? refused["idle_lock_minutes"]}
            min={0}
            max={1440}
            allowDecimal={false}
            w={100}
            disabled={!mayChange}
            data-testid="settings-idle"
          />
          <span>{values.idleLockMinutes === 0 ? "Never" : "minutes"}</span>
        </div>
      </Setting>
      <TypedNews form={form} newsOf={(part) => newsOf(shared, part)} />
      {foot &&
        createPortal(
          <TypedSaveBar form={form} isBlocked={values.name.trim() === ""} onSave={save} />,
          foot,
        )}
    </>
  );
}

/** What another user made of a part. */
function newsOf({ name, currency, idleLockMinutes }: Shared, part: keyof Shared): string {
  if (part === "name") return `The name is now ${name}.`;
  if (part === "currency") return `The currency is now ${currency || "none"}.`;
  return `It locks after ${idleLockMinutes} minutes now.`;
}

function useSave(settings: Settings, values: Shared, onSaved: () => void) {
  const client = useQueryClient();
  const update = useCommand("settings.update", (saved) => {
    client.setQueryData(["settings.get", {}], saved);
    void client.invalidateQueries({ queryKey: ["workspaces.list"] });
    onSaved();
    showToast("Settings saved.");
  });
  const { version } = settings;
  const { name, currency, idleLockMinutes } = values;
  const save = () =>
    update.mutate(
      { version, name: name.trim(), currency, idleLockMinutes },
      {
        onError: (error) => {
          // What another user saved meanwhile comes in; what was typed stays.
          if (toCoreError(error).code === "conflict") {
            void client.invalidateQueries({ queryKey: ["settings.get"] });
          }
        },
      },
    );
  return { update, save };
}
