/** The parts every section of these settings is made of. */
import { Switch } from "@mantine/core";
import { type ReactNode, useId } from "react";
import panel from "../../kit/panel.module.css";
import classes from "./computer.module.css";

export interface SectionProps {
  readonly title: string;
  readonly help?: string;
  readonly children: ReactNode;
}

export function FormSection({ title, help, children }: SectionProps) {
  const id = useId();
  return (
    <section className={panel.panel} aria-labelledby={id}>
      <header className={panel.head}>
        <h2 id={id}>{title}</h2>
        {help !== undefined && <p>{help}</p>}
      </header>
      {children}
    </section>
  );
}

export interface RowProps {
  readonly name: string;
  readonly help?: string | undefined;
  /** Of the control, so that the name is its label; without it the name stands by itself. */
  readonly htmlFor?: string;
  readonly children: ReactNode;
}

export function FormRow({ name, help, htmlFor, children }: RowProps) {
  return (
    <div className={`${panel.row} ${classes.row}`}>
      <div className={classes.what}>
        {htmlFor === undefined ? (
          <p className={classes.name}>{name}</p>
        ) : (
          <label className={classes.name} htmlFor={htmlFor}>
            {name}
          </label>
        )}
        {help !== undefined && <p className={classes.help}>{help}</p>}
      </div>
      <div className={classes.control}>{children}</div>
    </div>
  );
}

export interface SwitchRowProps {
  readonly name: string;
  readonly help?: string | undefined;
  readonly checked: boolean;
  readonly disabled?: boolean;
  readonly onChange: (checked: boolean) => void;
}

export function SwitchRow({ name, help, checked, disabled = false, onChange }: SwitchRowProps) {
  const id = useId();
  return (
    <FormRow name={name} help={help} htmlFor={id}>
      <Switch
        id={id}
        checked={checked}
        disabled={disabled}
        onChange={(event) => onChange(event.currentTarget.checked)}
      />
    </FormRow>
  );
}
