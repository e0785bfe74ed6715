import { MantineProvider } from "@mantine/core";
import { QueryClientProvider, useQuery } from "@tanstack/react-query";
import { render, screen, waitFor, within } from "@testing-library/react";
import userEvent from "@testing-library/user-event";
import { MemoryRouter } from "react-router";
import { expect, test } from "vitest";

import type { DataRecord } from "../../../bindings";
import { ToastStrip } from "../../../components/ToastStrip";
import { HostProvider, useHost } from "../../../host/context";
import { followEvents } from "../../../host/events";
import { coreHost, type CoreHost } from "../../../host/pipe";
import { useAppStateQuery, useKind } from "../../../host/state";
import { blankFields } from "../../../lib/kinds";
import { commandQuery, createQueryClient } from "../../../lib/query";
import { expectAccessible, fill, recordCalls } from "../../../test/render";
import { follow } from "../../../test/stubHost";
import { NewRecordPanel } from "./NewRecordPanel";
import { RecordForm } from "./RecordForm";

async function supplier(host: CoreHost, code: string, name: string): Promise<DataRecord> {
  const fields = { "supplier.code": code, "supplier.name": name };
  return (await host.call("suppliers.create", { fields })).record;
}

function OneSupplier({ id }: { id: string }) {
  const { data } = useQuery(commandQuery(useHost(), "suppliers.get", { id }));
  return data ? <RecordForm key={id} record={data} /> : null;
}

function NewSupplierProduct() {
  const kind = useKind("supplier_product");
  return kind ? (
    <NewRecordPanel
      kind="supplier_product"
      fields={blankFields(kind)}
      title="New supplier product"
      lead="What a supplier sells"
      saveLabel="Create"
      onCreated={() => {}}
      onClose={() => {}}
      testid="new-panel"
      saveTestid="create"
    />
  ) : null;
}

function WhenKnown({ children }: { children: React.ReactNode }) {
  return useAppStateQuery().data ? children : null;
}

function show(host: CoreHost, form: React.ReactNode) {
  const client = createQueryClient();
  followEvents(host, client);
  render(
    <MantineProvider env="test">
      <QueryClientProvider client={client}>
        <HostProvider value={host}>
          <MemoryRouter>
            <WhenKnown>
              <main>{form}</main>
              <ToastStrip />
            </WhenKnown>
          </MemoryRouter>
        </HostProvider>
      </QueryClientProvider>
    </MantineProvider>,
  );
  return userEvent.setup({ delay: null });
}

test("what is typed while a save is on its way is not lost", async () => {
  const host = await coreHost();
  const acme = await supplier(host, "ACME", "Acme Textiles");
  const answers: (() => void)[] = [];
  follow(host, {
    "suppliers.update": async (_, real) => {
      const answer = await real();
      await new Promise<void>((resolve) => answers.push(resolve));
      return answer;
    },
  });
  const user = show(host, <OneSupplier id={acme.id} />);
  await screen.findByTestId("field-supplier.name");
  fill("field-supplier.lead_time", "5");
  await user.keyboard("{Control>}s{/Control}");
  await waitFor(() => expect(answers).toHaveLength(1));
  fill("field-supplier.phone", "555 02");
  fill("field-supplier.lead_time", "6");
  answers[0]?.();
  expect(await screen.findByText("ACME saved.")).toBeInTheDocument();
  expect(screen.getByTestId("field-supplier.phone")).toHaveValue("555 02");
  expect(screen.getByTestId("field-supplier.lead_time")).toHaveValue("6");
  await waitFor(() => expect(screen.getByRole("button", { name: /Discard/ })).toBeEnabled());
  await user.keyboard("{Control>}s{/Control}");
  await waitFor(() => expect(answers).toHaveLength(2));
  answers[1]?.();
  await waitFor(async () => {
    const { fields } = await host.call("suppliers.get", { id: acme.id });
    expect(fields["supplier.phone"]).toBe("555 02");
    expect(fields["supplier.lead_time"]).toBe(6);
  });
});

test("a supplier has the same form as a product: sections, rules, conflicts, save", async () => {
  const host = await coreHost();
  const acme = await supplier(host, "ACME", "Acme Textiles");
  const calls = recordCalls(host);
  const user = show(host, <OneSupplier id={acme.id} />);
  await screen.findByTestId("field-supplier.name");
  for (const section of ["Basics", "Contact", "Orders", "Notes"]) {
    expect(screen.getByRole("heading", { name: section })).toBeInTheDocument();
  }
  await expectAccessible();
  fill("field-supplier.email", "nowhere");
  expect(await screen.findByText(/E-mail needs an address/)).toBeInTheDocument();
  fill("field-supplier.email", "orders@acme.example");
  fill("field-supplier.lead_time", "5");

  // Ben gives the lead time another value, and a field that is not typed into.
  const ben = await host.another("manager");
  await ben.call("suppliers.update", {
    id: acme.id,
    version: acme.version,
    changes: [
      { field: "supplier.lead_time", old: null, new: 7 },
      { field: "supplier.phone", old: null, new: "555 01" },
    ],
  });
  const conflict = await screen.findByTestId("conflict-supplier.lead_time");
  expect(conflict).toHaveTextContent("Ben Ode set Lead time to “7”.");
  expect(screen.getByTestId("field-supplier.phone")).toHaveValue("555 01");
  expect(screen.getByText("Ben Ode changed this just now")).toBeInTheDocument();
  await expectAccessible();
  await user.click(await screen.findByRole("button", { name: "1 problem" }));
  expect(within(conflict).getByRole("button", { name: /Keep yours/ })).toHaveFocus();
  await user.click(within(conflict).getByRole("button", { name: /Keep yours/ }));
  await user.keyboard("{Control>}s{/Control}");
  expect(await screen.findByText("ACME saved.")).toBeInTheDocument();
  const update = calls.find(({ name }) => name === "suppliers.update");
  expect(update?.request).toMatchObject({
    version: 2,
    changes: [
      { field: "supplier.email", new: "orders@acme.example" },
      { field: "supplier.lead_time", old: 7, new: 5 },
    ],
  });
});

test("what may only be looked at says why", async () => {
  const host = await coreHost();
  const acme = await supplier(host, "ACME", "Acme Textiles");
  const viewer = await host.another("viewer");
  show(viewer, <OneSupplier id={acme.id} />);
  expect(await screen.findByTestId("reason")).toHaveTextContent(
    "Your role lets you look at suppliers, not change them.",
  );
  expect(screen.getByTestId("field-supplier.name")).toHaveAttribute("readonly");
});

test("a reference is found by code or title, and what is made of others is not asked for", async () => {
  const host = await coreHost();
  await supplier(host, "ACME", "Acme Textiles");
  await supplier(host, "KILN", "Kiln & Co");
  const calls = recordCalls(host);
  const user = show(host, <NewSupplierProduct />);
  await screen.findByTestId("field-supplier_product.supplier");
  expect(screen.queryByTestId("field-supplier_product.code")).not.toBeInTheDocument();
  expect(screen.getByTestId("create")).toBeDisabled();
  await user.type(screen.getByTestId("field-supplier_product.supplier"), "textiles");
  await user.click(await screen.findByRole("option", { name: /^ACME/ }));
  expect(screen.getByTestId("field-supplier_product.supplier")).toHaveValue("ACME");
  await user.type(screen.getByTestId("field-supplier_product.product_sku"), "KIT-1001");
  await user.click(await screen.findByRole("option", { name: /^KIT-1001/ }));
  await waitFor(() => expect(screen.getByTestId("create")).toBeEnabled());
  await user.click(screen.getByTestId("create"));
  expect(await screen.findByText("ACME/KIT-1001 created.")).toBeInTheDocument();
  expect(calls.some(({ name }) => name === "supplier_products.create")).toBe(true);
});
