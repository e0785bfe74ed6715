import { Checkbox } from "@mantine/core";
import { useQuery } from "@tanstack/react-query";

import { useHost } from "../../host/context";
import { commandQuery } from "../../lib/query";

interface RememberPasswordProps {
  value: boolean;
  onChange: (remember: boolean) => void;
}

const WHERE = "In the key store of the system, never in a file.";

/** Whether this computer keeps the password of the database; where it cannot, it says why. */
export function RememberPassword({ value, onChange }: RememberPasswordProps) {
  const { data } = useQuery(commandQuery(useHost(), "workspaces.key_store", {}));
  const isAvailable = data?.available ?? true;
  return (
    <Checkbox
      label="Remember the database password on this computer"
      description={isAvailable ? WHERE : data?.reason}
      checked={value && isAvailable}
      disabled={!isAvailable}
      onChange={(event) => onChange(event.currentTarget.checked)}
      data-testid="remember-password"
    />
  );
}
