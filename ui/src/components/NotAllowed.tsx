import { IconLock } from "@tabler/icons-react";
import type { ReactNode } from "react";

import { EmptyState } from "./EmptyState";
import { Page } from "./Page";

interface NotAllowedProps {
  title: string;
  /** What the person may not do, as a sentence. */
  children: ReactNode;
}

/** Stands where a page would be that the person has no right to. */
export function NotAllowed({ title, children }: NotAllowedProps) {
  return (
    <Page title={title}>
      <EmptyState icon={<IconLock size={22} />} title="Not for your role">
        {children} Ask a user who manages people in this workspace.
      </EmptyState>
    </Page>
  );
}
