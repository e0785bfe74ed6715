import { Checkbox } from "@mantine/core";

import type { Permission, PermissionInfo } from "../../bindings";
import { usePermissions } from "../../host/roles";
import { useAppState } from "../../host/state";
import classes from "./People.module.css";
import { byArea, neededFor, withoutPermission, withPermission } from "./permissions";

interface PermissionListProps {
  chosen: readonly Permission[];
  /** Nothing can be ticked without. */
  onChange?: ((chosen: Permission[]) => void) | undefined;
}

/** Every permission by area, in plain words; what one needs is ticked and unticked along. */
export function PermissionList({ chosen, onChange }: PermissionListProps) {
  const all = usePermissions() ?? [];
  return byArea(all).map(({ label, permissions }) => (
    <fieldset key={label} className={classes.area}>
      <legend className={classes.areaTitle}>{label}</legend>
      <ul className={classes.permissions}>
        {permissions.map((info) => (
          <li key={info.key}>
            <PermissionBox {...{ info, all, chosen, onChange }} />
          </li>
        ))}
      </ul>
    </fieldset>
  ));
}

interface PermissionBoxProps extends PermissionListProps {
  info: PermissionInfo;
  all: readonly PermissionInfo[];
}

function PermissionBox({ info, all, chosen, onChange }: PermissionBoxProps) {
  const { key, label, description } = info;
  const mine = useAppState().person?.permissions ?? [];
  const isChosen = chosen.includes(key);
  const isMissing = !mine.includes(key) && !isChosen;
  const uses = isChosen ? neededFor(chosen, key, all) : [];
  return (
    <Checkbox
      label={label.slice(0, 1).toUpperCase() + label.slice(1)}
      description={
        <>
          {description}
          {uses.length > 0 && <span className={classes.also}> Needed to {uses.join(", ")}.</span>}
          {onChange && isMissing && (
            <span className={classes.also}>
              {" "}
              You do not have this right, so you cannot give it.
            </span>
          )}
        </>
      }
      checked={isChosen}
      disabled={!onChange || isMissing}
      onChange={(event) =>
        onChange?.(
          event.currentTarget.checked
            ? withPermission(chosen, key, all)
            : withoutPermission(chosen, key, all),
        )
      }
      data-testid={`permission-${key}`}
    />
  );
}
