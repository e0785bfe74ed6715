import { MantineProvider } from "@mantine/core";
import { render, screen, within } from "@testing-library/react";
import { userEvent } from "@testing-library/user-event";
import { useState } from "react";
import { expect, test, vi } from "vitest";

import type { ImportDraft, ImportQuestion, ImportSettings } from "../../bindings";
import { Questions } from "./Questions";

const SETTINGS: ImportSettings = {
  encoding: "windows-1250",
  encodingChosen: false,
  delimiter: "comma",
  hasHeader: true,
  headerLine: null,
  columns: ["sku", null, null],
  unwanted: [],
  dateOrder: null,
  decimalMark: null,
  emptyCells: "keep",
  only: "both",
  foreignMoney: null,
  stockWords: null,
  keepOddLines: false,
  matchBy: null,
  amountFor: null,
};

const draftWith = (question: ImportQuestion): ImportDraft => ({
  id: "p1",
  kind: "product",
  kindGuessed: false,
  sender: null,
  matching: null,
  fileName: "a.csv",
  size: 10,
  rows: 3,
  headerLine: 1,
  settings: SETTINGS,
  columns: ["SKU", "Price ex GST", "Price inc GST"].map((header) => ({
    header,
    samples: [header === "SKU" ? "A1" : "11"],
    proposed: null,
    offer: null,
  })),
  preview: [],
  targets: [],
  encodings: [],
  delimiters: [],
  questions: [question],
  notes: [],
  warnings: [],
  remembered: null,
  leftOut: [],
  oddLines: [],
});

interface AskingProps {
  question: ImportQuestion;
  onAnswer: (settings: ImportSettings) => void;
}

/** A draft with one question that takes its answers. */
function Asking({ question, onAnswer }: AskingProps) {
  const [settings, setSettings] = useState(SETTINGS);
  return (
    <Questions
      draft={draftWith(question)}
      settings={settings}
      onChange={(changed) => {
        setSettings(changed);
        onAnswer(changed);
      }}
    />
  );
}

/** Shows one question; tells what the answer made of the settings. */
function ask(question: ImportQuestion) {
  const onAnswer = vi.fn<(settings: ImportSettings) => void>();
  render(
    <MantineProvider env="test">
      <Asking question={question} onAnswer={onAnswer} />
    </MantineProvider>,
  );
  return { answered: () => onAnswer.mock.lastCall?.[0], user: userEvent.setup() };
}

test("the encoding is chosen by the words that are right", async () => {
  const { answered, user } = ask({
    kind: "encoding",
    readings: [
      { key: "windows-1250", label: "Windows-1250 (Central European)", words: ["čaj"] },
      { key: "windows-1252", label: "Windows-1252 (Western)", words: ["èaj"] },
    ],
  });
  const question = within(screen.getByTestId("question-encoding"));
  const radios = question.getAllByRole("radio");
  expect(radios.some((radio) => radio instanceof HTMLInputElement && radio.checked)).toBe(false);
  await user.click(question.getByRole("radio", { name: "čaj" }));
  expect(answered()).toMatchObject({ encoding: "windows-1250", encodingChosen: true });
});

test("one of several prices is chosen, or none, and the answer can be changed", async () => {
  const { answered, user } = ask({
    kind: "priceColumn",
    target: "store_price",
    label: "Store price",
    columns: [1, 2],
  });
  const question = within(screen.getByTestId("question-price-store_price"));
  await user.click(question.getByRole("radio", { name: "Price inc GST" }));
  expect(answered()?.columns).toEqual(["sku", null, "store_price"]);
  await user.click(question.getByRole("radio", { name: "None of them" }));
  expect(answered()).toMatchObject({
    columns: ["sku", null, null],
    unwanted: ["store_price"],
  });
  await user.click(question.getByRole("radio", { name: "Price ex GST" }));
  expect(answered()).toMatchObject({ columns: ["sku", "store_price", null], unwanted: [] });
});

test("amounts in another currency are shown, and what they do is said", async () => {
  const { answered, user } = ask({
    kind: "foreignMoney",
    currency: "GBP",
    examples: ["US$ 12.00"],
  });
  const question = within(screen.getByTestId("question-foreign-money"));
  expect(question.getByText("Some amounts are not in GBP")).toBeVisible();
  expect(question.getByText("US$ 12.00")).toBeVisible();
  await user.click(question.getByRole("radio", { name: "Take the numbers as they are" }));
  expect(answered()?.foreignMoney).toBe("take_as_is");
});

test("a stock in words is asked about with its words", async () => {
  const { answered, user } = ask({ kind: "stockWords", column: "qty", words: ["10+", "in stock"] });
  const question = within(screen.getByTestId("question-stock-words"));
  expect(question.getByText("10+, in stock")).toBeVisible();
  await user.click(question.getByRole("radio", { name: "Keep the stock as it is" }));
  expect(answered()?.stockWords).toBe("keep");
});
