import { CloseButton, TextInput } from "@mantine/core";
import { useDebouncedCallback } from "@mantine/hooks";
import { IconSearch } from "@tabler/icons-react";
import { useRef, useState } from "react";

import { useShortcuts } from "../lib/shortcuts";
import { focusGrid } from "./grid";

const REST_MS = 150;

interface SearchInputProps {
  label: string;
  placeholder: string;
  /** What the list is narrowed to. */
  initial: string;
  /** Is called once no key was pressed for a moment; empty for no search. */
  onSearch: (query: string) => void;
  testid: string;
}

/** The search of a page; `/` leads to it, the arrow from it to the list. */
export function SearchInput({ initial, onSearch, ...props }: SearchInputProps) {
  const [text, setText] = useState(initial);
  const [before, setBefore] = useState(initial);
  // What was told and not yet answered, the oldest first: the list may be slower than the fingers.
  const [told, setTold] = useState([initial]);
  if (initial !== before) {
    setBefore(initial);
    const at = told.indexOf(initial);
    setTold(at < 0 ? [initial] : told.slice(at));
    // Not what was typed here: a link or a button narrowed the list in another way.
    if (at < 0) setText(initial);
  }
  const input = useRef<HTMLInputElement>(null);
  const apply = useDebouncedCallback((query: string) => {
    setTold((old) => [...old, query.trim()]);
    onSearch(query.trim());
  }, REST_MS);
  const type = (query: string) => {
    setText(query);
    apply(query);
  };
  useShortcuts({ "/": () => input.current?.focus() });
  return (
    <TextInput
      ref={input}
      placeholder={props.placeholder}
      aria-label={props.label}
      leftSection={<IconSearch size={16} />}
      rightSection={
        text === "" ? (
          <kbd>/</kbd>
        ) : (
          <CloseButton size="sm" aria-label="Clear the search" onClick={() => type("")} />
        )
      }
      value={text}
      onChange={(event) => type(event.currentTarget.value)}
      onKeyDown={(event) => {
        if (event.key === "Escape" && text !== "") type("");
        else if (event.key === "Escape") input.current?.blur();
        else if (event.key === "ArrowDown" || event.key === "Enter") focusGrid();
        else return;
        event.preventDefault();
      }}
      data-testid={props.testid}
    />
  );
}
