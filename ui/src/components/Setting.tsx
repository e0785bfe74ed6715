import type { ReactNode } from "react";

import classes from "./Setting.module.css";

interface SettingProps {
  title: string;
  /** What it is about, in a sentence. */
  text: string;
  children: ReactNode;
}

/** A setting: what it is called and means, and how it stands. */
export function Setting({ title, text, children }: SettingProps) {
  return (
    <section className={classes.setting}>
      <div>
        <h2 className={classes.title}>{title}</h2>
        <p className={classes.text}>{text}</p>
      </div>
      <div className={classes.value}>{children}</div>
    </section>
  );
}
