import { Button, NumberInput, Skeleton, TextInput } from "@mantine/core";
import { useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";

import type { Settings } from "../../bindings";
import { CurrencySelect } from "../../components/CurrencySelect";
import { ErrorState, InlineError } from "../../components/ErrorState";
import { Reason } from "../../components/Reason";
import { Setting } from "../../components/Setting";
import { showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { toCoreError } from "../../lib/errors";
import { commandQuery } from "../../lib/query";
import { useShortcuts } from "../../lib/shortcuts";
import classes from "./SettingsPage.module.css";

/** What everybody in the workspace shares. */
export function WorkspaceSettings() {
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
  if (!data) return <Skeleton height={220} aria-busy aria-label="Reading the settings" />;
  return <SettingsForm settings={data} />;
}

type Shared = Omit<Settings, "version">;

function SettingsForm({ settings }: { settings: Settings }) {
  const mayChange = useMay("manage_workspace");
  const [typed, setTyped] = useState<Partial<Shared>>({});
  const { update, save } = useSave(settings, typed, () => setTyped({}));
  const values = { ...settings, ...typed };
  const fields = update.error ? (toCoreError(update.error).fields ?? {}) : {};
  const isChanged = values.name.trim() !== settings.name || changed(settings, values);
  const type = (part: Partial<Shared>) => {
    setTyped((old) => ({ ...old, ...part }));
    update.reset();
  };
  const isBlocked = !mayChange || !isChanged || values.name.trim() === "";
  useShortcuts({ "mod+s": () => (isBlocked ? undefined : save()) });
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
          error={fields["name"]}
          disabled={!mayChange}
          data-testid="settings-name"
        />
      </Setting>
      <Setting title="Currency" text="Of all prices and costs. Changing it converts nothing.">
        <CurrencySelect
          value={values.currency}
          onChange={(currency) => type({ currency })}
          error={fields["currency"]}
          disabled={!mayChange}
          testid="settings-currency"
        />
      </Setting>
      <Setting
        title="Lock when idle"
        text="The window asks for the password again when nobody touched it for so long. 0 is never."
      >
        <div className={classes.minutes}>
          <NumberInput
            aria-label="Minutes until the window locks"
            value={values.idleLockMinutes}
            onChange={(minutes) => type({ idleLockMinutes: Number(minutes) || 0 })}
            error={fields["idleLockMinutes"] ?? fields["idle_lock_minutes"]}
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
      {update.error && Object.keys(fields).length === 0 && <InlineError error={update.error} />}
      {mayChange && (
        <div className={classes.save}>
          <Button
            onClick={save}
            loading={update.isPending}
            disabled={isBlocked}
            data-testid="save-settings"
          >
            Save settings
          </Button>
          {isChanged && (
            <Button variant="default" onClick={() => setTyped({})}>
              Discard
            </Button>
          )}
        </div>
      )}
    </>
  );
}

function changed(a: Shared, b: Shared): boolean {
  return a.currency !== b.currency || a.idleLockMinutes !== b.idleLockMinutes;
}

function useSave(settings: Settings, typed: Partial<Shared>, onSaved: () => void) {
  const client = useQueryClient();
  const update = useCommand("settings.update", (saved) => {
    client.setQueryData(["settings.get", {}], saved);
    void client.invalidateQueries({ queryKey: ["workspaces.list"] });
    onSaved();
    showToast("Settings saved.");
  });
  const { version, name, currency, idleLockMinutes } = { ...settings, ...typed };
  const save = () => {
    if (update.isPending) return;
    update.mutate(
      { version, name: name.trim(), currency, idleLockMinutes },
      {
        onError: (error) => {
          // What somebody else saved meanwhile comes in; what was typed stays.
          if (toCoreError(error).code === "conflict") {
            void client.invalidateQueries({ queryKey: ["settings.get"] });
          }
        },
      },
    );
  };
  return { update, save };
}
