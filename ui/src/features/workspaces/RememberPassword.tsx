import { Checkbox } from "@mantine/core";

interface RememberPasswordProps {
  value: boolean;
  onChange: (remember: boolean) => void;
}

/** Whether this computer keeps the password of the database, so that it is not asked for again. */
export function RememberPassword({ value, onChange }: RememberPasswordProps) {
  return (
    <Checkbox
      label="Remember the database password on this computer"
      description="In the key store of the system, never in a file of the app. Otherwise it is asked for at each start."
      checked={value}
      onChange={(event) => onChange(event.currentTarget.checked)}
      data-testid="remember-password"
    />
  );
}
