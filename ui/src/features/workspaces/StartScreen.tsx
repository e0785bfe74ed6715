import { IconStack2 } from "@tabler/icons-react";
import type { ReactNode } from "react";

import { ToastStrip } from "../../components/ToastStrip";
import classes from "./StartScreen.module.css";

interface StartScreenProps {
  title: string;
  /** One or two sentences under the title. */
  lead?: ReactNode;
  children: ReactNode;
  /** Ways out, under the card. */
  foot?: ReactNode;
}

/** What is shown before anybody is signed in: one question in the middle of the window. */
export function StartScreen({ title, lead, children, foot }: StartScreenProps) {
  return (
    <div className={classes.window}>
      <main className={classes.screen} data-testid="start-screen">
        <div className={classes.column}>
          <div className={classes.mark} aria-hidden>
            <IconStack2 size={22} />
          </div>
          <h1 className={classes.title}>{title}</h1>
          {lead && <p className={classes.lead}>{lead}</p>}
          <div className={classes.body}>{children}</div>
          {foot && <div className={classes.foot}>{foot}</div>}
        </div>
      </main>
      <ToastStrip />
    </div>
  );
}
