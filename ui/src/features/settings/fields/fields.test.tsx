import { screen, waitFor, within } from "@testing-library/react";
import { expect, test } from "vitest";

import type { Field } from "../../../bindings";
import { coreHost, productOf, saveField, type CoreHost } from "../../../host/pipe";
import { expectAccessible, fill, recordCalls, renderWindow } from "../../../test/render";

/** A choice field past the window, by the key that it has in products. */
async function season(host: CoreHost): Promise<Field> {
  const { record } = await host.call("custom_fields.create", {
    fields: {
      "custom_field.label": "Season",
      "custom_field.type": "choice",
      "custom_field.choices": "Summer\nWinter",
      "custom_field.section": "Basics",
      "custom_field.filterable": true,
    },
  });
  return `custom.${record.id}`;
}

const shown = () => screen.getAllByTestId("grid-row").map((row) => row.textContent);
const panel = () => screen.findByTestId("record-panel");

test("an owner makes a field with choices, renames one, and products have it", async () => {
  const host = await coreHost();
  const calls = recordCalls(host);
  const { user } = renderWindow("/settings/fields", host);
  expect(await screen.findByRole("radio", { name: "Fields" })).toBeChecked();
  expect(await screen.findByText("No custom fields yet")).toBeInTheDocument();
  await expectAccessible();
  expect(screen.getByTestId("first-record")).toBeVisible();
  await user.keyboard("n");
  await panel();
  fill("field-custom_field.label", "Season");
  await user.click(screen.getByTestId("field-custom_field.type"));
  await user.click(await screen.findByRole("option", { name: "Choice" }));
  await user.click(await screen.findByTestId("add-choice"));
  fill("choice-1", "Summer");
  await user.click(screen.getByTestId("add-choice"));
  fill("choice-2", "Winter");
  await user.click(screen.getByRole("button", { name: "Move Winter up" }));
  await user.click(screen.getByTestId("field-custom_field.filterable"));
  await expectAccessible(await panel());
  await user.keyboard("{Control>}s{/Control}");
  expect(await screen.findByText("season created.")).toBeInTheDocument();
  // The rules are asked about what was typed, never about the empty form before the first key.
  const checks = calls.filter(({ name }) => name === "custom_fields.check");
  for (const { request } of checks) {
    expect(request).toMatchObject({ fields: { "custom_field.label": "Season" } });
  }
  await waitFor(() => expect(screen.getByTestId("panel-title")).toHaveTextContent("Season"));

  // Its code stays as it was made; a choice that is renamed keeps what records hold.
  expect(await screen.findByTestId("field-custom_field.code")).toHaveAttribute("readonly");
  expect(screen.getByTestId("choice-1")).toHaveValue("Winter");
  fill("choice-2", "High summer");
  await user.keyboard("{Control>}s{/Control}");
  await screen.findByText("season saved.");
  const { rows } = await host.call("custom_fields.list", {
    trashed: false,
    descending: false,
    offset: 0,
    limit: 10,
  });
  expect(rows[0]?.fields["custom_field.choices"]).toBe("winter = Winter\nsummer = High summer");
});

test("a field stands in the form of a product, and its values in the history by their labels", async () => {
  const host = await coreHost();
  const field = await season(host);
  const { id } = await productOf(host, "KIT-1001");
  const { user } = renderWindow(`/products/${id}`, host);
  await user.click(await screen.findByTestId(`field-${field}`));
  await user.click(await screen.findByRole("option", { name: "Winter" }));
  await user.keyboard("{Control>}s{/Control}");
  expect(await screen.findByText("KIT-1001 saved.")).toBeInTheDocument();
  expect((await productOf(host, "KIT-1001")).fields[field]).toBe("winter");
  await user.click(screen.getByTestId("tab-history"));
  await waitFor(() => expect(screen.getByTestId("history")).toHaveTextContent("Winter"));
  expect(screen.getByTestId("history")).toHaveTextContent("Season");
});

test("the list is filtered by a field, shows it as a column and sorts by it", async () => {
  const host = await coreHost();
  const field = await season(host);
  await saveField(host, "KIT-1001", field, "winter");
  await saveField(host, "KIT-1002", field, "summer");
  const { user } = renderWindow("/products", host);
  await screen.findAllByTestId("grid-row");
  await user.click(screen.getByTestId("filter-season"));
  await user.click(await screen.findByRole("checkbox", { name: /^Winter/ }));
  await waitFor(() => expect(screen.getAllByTestId("grid-row")).toHaveLength(1));
  expect(screen.getByText("KIT-1001")).toBeInTheDocument();
  expect(screen.getByTestId("filter-season")).toHaveTextContent("Season: Winter");
  await user.click(screen.getByRole("checkbox", { name: /^Summer/ }));
  await waitFor(() => expect(screen.getAllByTestId("grid-row")).toHaveLength(2));
  await user.keyboard("{Escape}");
  await user.click(screen.getByTestId("columns-menu"));
  await user.click(await screen.findByRole("menuitemcheckbox", { name: "Season" }));
  await user.keyboard("{Escape}");
  await user.click(await screen.findByTestId(`sort-${field}`));
  await waitFor(() => expect(decodeURIComponent(window.location.hash)).toContain(`sort=${field}`));
  await waitFor(() => expect(shown()[0]).toContain("Summer"));
  expect(shown()[1]).toContain("Winter");
  await expectAccessible();
});

test("removing a field tells how many values it has, and it comes back with them", async () => {
  const host = await coreHost();
  const field = await season(host);
  await saveField(host, "KIT-1001", field, "winter");
  const { user } = renderWindow(`/settings/fields/${field.slice("custom.".length)}`, host);
  await panel();
  expect(await screen.findByText(/1 record has a value, so the type stays/)).toBeInTheDocument();
  await user.click(screen.getByTestId("record-menu"));
  await user.click(await screen.findByTestId("trash-record"));
  const dialog = await screen.findByRole("dialog", { name: "Move Season to the trash?" });
  await waitFor(() =>
    expect(dialog).toHaveTextContent(
      "Season has 1 value. They are kept until the field is deleted for good.",
    ),
  );
  await expectAccessible();
  await user.click(within(dialog).getByRole("button", { name: "Move to trash" }));
  expect(await screen.findByTestId("reason")).toHaveTextContent("It lies in the trash.");
  const seen = async () =>
    (await host.call("app.state", {})).kinds
      .find(({ key }) => key === "product")
      ?.fields.some(({ key }) => key === field);
  expect(await seen()).toBe(false);
  await user.click(screen.getByTestId("record-menu"));
  await user.click(await screen.findByTestId("restore-record"));
  await waitFor(() => expect(screen.queryByTestId("reason")).not.toBeInTheDocument());
  expect(await seen()).toBe(true);
  expect((await productOf(host, "KIT-1001")).fields[field]).toBe("winter");
});

test("removing several fields at once asks the same, with all their values", async () => {
  const host = await coreHost();
  const field = await season(host);
  await saveField(host, "KIT-1001", field, "winter");
  await saveField(host, "KIT-1002", field, "summer");
  const fields = { "custom_field.label": "Material", "custom_field.type": "text" };
  const { record } = await host.call("custom_fields.create", { fields });
  await saveField(host, "KIT-1001", `custom.${record.id}`, "Steel");
  const { user } = renderWindow("/settings/fields", host);
  const trash = async () => {
    for (const code of ["season", "material"]) {
      await user.click(await screen.findByRole("checkbox", { name: `Select ${code}` }));
    }
    await user.click(screen.getByTestId("trash-selected"));
    return screen.findByRole("dialog", { name: "Move 2 custom fields to the trash?" });
  };
  const dialog = await trash();
  await waitFor(() =>
    expect(dialog).toHaveTextContent(
      "They have 3 values. They are kept until the fields are deleted for good.",
    ),
  );
  await expectAccessible();
  await user.click(within(dialog).getByRole("button", { name: "Cancel" }));
  expect(shown()).toHaveLength(2);
  await user.click(screen.getByRole("button", { name: "Clear selection" }));
  await user.click(within(await trash()).getByRole("button", { name: "Move to trash" }));
  expect(await screen.findByText("2 custom fields moved to the trash.")).toBeInTheDocument();
  window.location.hash = "#/settings/fields?trash=1";
  await user.click(await screen.findByRole("checkbox", { name: "Select season" }));
  await user.click(screen.getByTestId("purge-selected"));
  expect(await screen.findByText(/Their 2 values go too\./)).toBeInTheDocument();
});

test("the history is asked for a field that was removed, which is marked", async () => {
  const host = await coreHost();
  const field = await season(host);
  await saveField(host, "KIT-1001", field, "winter");
  await saveField(host, "KIT-1002", "stock", 3);
  await host.call("custom_fields.trash", { ids: [field.slice("custom.".length)] });
  const { user } = renderWindow("/history?kind=product", host);
  await screen.findAllByTestId("grid-row");
  await user.click(screen.getByTestId("history-field"));
  await user.click(await screen.findByRole("radio", { name: "Season (in the trash)" }));
  await waitFor(() => expect(screen.getAllByTestId("grid-row")).toHaveLength(1));
  expect(shown()[0]).toContain("KIT-1001");
  expect(screen.getByTestId("history-field")).toHaveTextContent("Season (in the trash)");
});

test("who may not manage the workspace sees the fields and cannot change them", async () => {
  const host = await coreHost();
  const field = await season(host);
  renderWindow(`/settings/fields/${field.slice("custom.".length)}`, await host.another("operator"));
  expect(await screen.findByTestId("reason")).toHaveTextContent("look at custom fields");
  expect(screen.queryByTestId("new-record")).not.toBeInTheDocument();
  expect(screen.queryByTestId("add-choice")).not.toBeInTheDocument();
});
