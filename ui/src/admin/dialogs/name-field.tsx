/** What something new is called, which a dialog asks first. */
import { TextInput } from "@mantine/core";

/** From the contract. */
const LONGEST_NAME = 40;

export interface NameFieldProps {
  readonly label: string;
  readonly value: string;
  readonly onChange: (name: string) => void;
}

export function NameField({ label, value, onChange }: NameFieldProps) {
  return (
    <TextInput
      label={label}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      maxLength={LONGEST_NAME}
      autoComplete="off"
      data-autofocus
      dir="auto"
    />
  );
}
