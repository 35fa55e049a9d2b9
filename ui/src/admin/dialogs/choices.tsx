/** Several of a few things to choose from, each with a sentence about it. */
import { Checkbox } from "@mantine/core";
import classes from "./choices.module.css";

export interface ChoicesProps<T extends string> {
  readonly label: string;
  readonly all: readonly T[];
  readonly chosen: string[];
  readonly onChange: (chosen: string[]) => void;
  readonly name: (one: T) => string;
  readonly about: (one: T) => string;
}

export function Choices<T extends string>({ label, all, chosen, onChange, name, about }: ChoicesProps<T>) {
  return (
    <Checkbox.Group label={label} value={chosen} onChange={onChange}>
      {all.map((one) => (
        <Checkbox
          key={one}
          mt={10}
          classNames={{ description: classes.about ?? "" }}
          value={one}
          label={name(one)}
          description={about(one)}
        />
      ))}
    </Checkbox.Group>
  );
}
