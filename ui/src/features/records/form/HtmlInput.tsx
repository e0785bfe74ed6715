import { Input, SegmentedControl, Textarea } from "@mantine/core";
import DOMPurify from "dompurify";
import { useMemo, useState, type ReactNode } from "react";

import classes from "./Form.module.css";

interface HtmlInputProps {
  /** What the field is called. */
  name: string;
  label: ReactNode;
  description: ReactNode;
  error: ReactNode;
  readOnly: boolean;
  value: string;
  onChange: (value: string) => void;
  "data-testid": string;
}

/** HTML as text, and how it will look. */
export function HtmlInput({ name, value, onChange, ...props }: HtmlInputProps) {
  const [view, setView] = useState(props.readOnly ? "preview" : "html");
  return (
    <Input.Wrapper
      label={
        <span className={classes.htmlLabel}>
          {props.label}
          <SegmentedControl
            size="xs"
            data={[
              { value: "html", label: "HTML" },
              { value: "preview", label: "Preview" },
            ]}
            value={view}
            onChange={setView}
            aria-label={`How it is shown: ${name}`}
          />
        </span>
      }
      labelElement="div"
      classNames={{ label: classes.wholeLabel ?? "" }}
      description={props.description}
      error={props.error}
    >
      {view === "html" ? (
        <Textarea
          aria-label={name}
          value={value}
          onChange={(event) => onChange(event.currentTarget.value)}
          readOnly={props.readOnly}
          minRows={5}
          maxRows={16}
          classNames={{ input: classes.code ?? "" }}
          data-testid={props["data-testid"]}
        />
      ) : (
        <HtmlPreview html={value} name={name} />
      )}
    </Input.Wrapper>
  );
}

/** Sanitised HTML: no scripts, no styles, no forms, nothing loaded from elsewhere. */
export function HtmlPreview({ html, name }: { html: string; name: string }) {
  const clean = useMemo(() => sanitise(html), [html]);
  return clean === "" ? (
    <div className={classes.preview}>
      <em>No {name.toLowerCase()}</em>
    </div>
  ) : (
    <div
      className={classes.preview}
      data-testid="html-preview"
      dangerouslySetInnerHTML={{ __html: clean }}
    />
  );
}

/** HTML without anything that runs, loads or leaves the window. */
export function sanitise(html: string): string {
  return DOMPurify.sanitize(html, {
    USE_PROFILES: { html: true },
    FORBID_TAGS: [
      "style",
      "form",
      "input",
      "button",
      "select",
      "textarea",
      "iframe",
      "img",
      "video",
      "audio",
      "source",
      "picture",
    ],
    FORBID_ATTR: ["style", "href", "src", "srcset", "id", "class", "target"],
  });
}
