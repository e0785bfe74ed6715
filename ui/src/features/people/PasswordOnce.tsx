import { Button, Group, Modal } from "@mantine/core";

import type { NewPassword } from "../../bindings";
import { CopyButton } from "../../components/CopyButton";
import classes from "./People.module.css";

interface PasswordOnceProps {
  made: NewPassword | null;
  onClose: () => void;
}

/** A generated password, told exactly once: only its button closes it. */
export function PasswordOnce({ made, onClose }: PasswordOnceProps) {
  const name = made?.user.name ?? "";
  return (
    <Modal
      opened={made?.password !== undefined}
      onClose={onClose}
      title={`Password for ${name}`}
      size="md"
      closeOnClickOutside={false}
      closeOnEscape={false}
      withCloseButton={false}
    >
      {made?.password !== undefined && (
        <Secret key={made.password} name={name} password={made.password} onClose={onClose} />
      )}
    </Modal>
  );
}

interface SecretProps {
  name: string;
  password: string;
  onClose: () => void;
}

function Secret({ name, password, onClose }: SecretProps) {
  return (
    <div data-testid="password-once">
      <p className={classes.text}>
        Give it to {name}. It is shown only now and kept nowhere; at the next sign-in {name} chooses
        another one.
      </p>
      <div className={classes.password}>
        <code className={classes.secret} data-testid="generated-password">
          {password}
        </code>
        <CopyButton text={() => password} label="Copy" data-autofocus data-testid="copy-password" />
      </div>
      <Group justify="flex-end">
        <Button onClick={onClose} data-testid="password-noted">
          I have passed it on
        </Button>
      </Group>
    </div>
  );
}
