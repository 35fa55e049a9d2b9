/** A part of the drawer under its heading, with a count at the right. */
import type { ReactNode } from "react";
import classes from "./person-drawer.module.css";

export interface DrawerSectionProps {
  readonly title: string;
  readonly count?: string | undefined;
  readonly children: ReactNode;
}

export function Section({ title, count, children }: DrawerSectionProps) {
  return (
    <section className={classes.section}>
      <div className={classes.sectionHead}>
        <h3>{title}</h3>
        {count !== undefined && <span>{count}</span>}
      </div>
      {children}
    </section>
  );
}
