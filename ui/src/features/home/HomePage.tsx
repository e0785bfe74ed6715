import { Button } from "@mantine/core";
import { IconFileImport, IconPlus } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { Link, useNavigate } from "react-router";

import type { ProductFilter } from "../../bindings";
import { Count } from "../../components/Count";
import { Page } from "../../components/Page";
import { useHost } from "../../host/context";
import { useAppState, useMay } from "../../host/state";
import { paths } from "../../lib/paths";
import { commandQuery } from "../../lib/query";
import { FirstSteps } from "../products/FirstSteps";
import classes from "./HomePage.module.css";
import { RecentBatches } from "./RecentBatches";

const FIGURES: { label: string; filter: ProductFilter; search: string }[] = [
  { label: "Products", filter: {}, search: "" },
  { label: "In stock", filter: { stock: "in_stock" }, search: "?stock=in_stock" },
  { label: "Low stock", filter: { stock: "low" }, search: "?stock=low" },
  { label: "Out of stock", filter: { stock: "out_of_stock" }, search: "?stock=out_of_stock" },
  { label: "Inactive", filter: { active: false }, search: "?active=0" },
  { label: "Trash", filter: { trashed: true }, search: "?trash=1" },
];

/** How the shop stands and what was done last. */
export function HomePage() {
  const { empty, person } = useAppState();
  const mayImport = useMay("import");
  const mayEdit = useMay("edit_products");
  const navigate = useNavigate();
  const mayView = useMay("view_products");
  if (!mayView) {
    return (
      <Page title={`Hello, ${person?.name.split(" ")[0] ?? ""}`} windowTitle="Home">
        <p className={classes.nothing}>
          Your role is {person?.roleName}. It does not show products; what it lets you do stands at
          the left.
        </p>
      </Page>
    );
  }
  if (empty) {
    return (
      <Page title="Home">
        <FirstSteps />
      </Page>
    );
  }
  return (
    <Page
      title={`Hello, ${person?.name.split(" ")[0] ?? ""}`}
      windowTitle="Home"
      actions={
        <>
          {mayImport && (
            <Button
              variant="default"
              leftSection={<IconFileImport size={16} />}
              onClick={() => void navigate(paths.newImport())}
            >
              Import a file
            </Button>
          )}
          {mayEdit && (
            <Button
              leftSection={<IconPlus size={16} />}
              onClick={() => void navigate(paths.newProduct)}
            >
              New product
            </Button>
          )}
        </>
      }
    >
      <ul className={classes.figures}>
        {FIGURES.map((figure) => (
          <li key={figure.label}>
            <Figure {...figure} />
          </li>
        ))}
      </ul>
      <RecentBatches />
    </Page>
  );
}

function Figure({ label, filter, search }: (typeof FIGURES)[number]) {
  const { data } = useQuery(commandQuery(useHost(), "products.count", { filter }));
  return (
    <Link to={{ pathname: paths.products, search }} className={classes.figure}>
      <span className={classes.number}>
        <Count value={data?.count} exact={data?.exact ?? true} />
      </span>
      <span className={classes.label}>{label}</span>
    </Link>
  );
}
