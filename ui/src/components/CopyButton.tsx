import { Button, type ButtonProps } from "@mantine/core";
import { IconCheck, IconCopy } from "@tabler/icons-react";
import { useState } from "react";

import { useCopyText } from "../host/clipboard";

interface CopyButtonProps extends ButtonProps {
  text: () => string;
  label: string;
  "data-testid"?: string;
}

/** Puts a text on the clipboard, and says that it is there. */
export function CopyButton({ text, label, ...props }: CopyButtonProps) {
  const copyText = useCopyText();
  const [isCopied, setIsCopied] = useState(false);
  return (
    <Button
      variant="default"
      leftSection={isCopied ? <IconCheck size={16} /> : <IconCopy size={16} />}
      onClick={() => void copyText(text()).then(setIsCopied)}
      {...props}
    >
      {isCopied ? "Copied" : label}
    </Button>
  );
}
