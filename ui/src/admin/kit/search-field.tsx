/** A field that searches as one types: the list is asked when the typing rests. */
import { TextInput } from "@mantine/core";
import { useDebouncedValue } from "@mantine/hooks";
import { MagnifyingGlassIcon } from "@phosphor-icons/react";
import { useRef } from "react";
import { useFilterKey } from "../keys/use-filter-key";
import tools from "./tools.module.css";

/** Rest after the last key before the server is asked, ms. */
const REST_MS = 250;

export function useSearchText(text: string): string {
  return useDebouncedValue(text.trim(), REST_MS)[0];
}

export interface SearchFieldProps {
  readonly value: string;
  readonly onChange: (value: string) => void;
  readonly label: string;
}

export function SearchField({ value, onChange, label }: SearchFieldProps) {
  const field = useRef<HTMLInputElement>(null);
  useFilterKey(field);
  return (
    <TextInput
      ref={field}
      className={tools.search ?? ""}
      type="search"
      aria-label={label}
      placeholder={label}
      leftSection={<MagnifyingGlassIcon size={16} aria-hidden="true" />}
      value={value}
      onChange={(event) => onChange(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape") onChange("");
      }}
    />
  );
}
