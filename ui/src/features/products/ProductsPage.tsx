import { Button } from "@mantine/core";
import { IconPlus } from "@tabler/icons-react";
import { useMemo } from "react";
import { Outlet, useNavigate } from "react-router";

import type { ProductRow } from "../../bindings";
import { Count } from "../../components/Count";
import { ErrorState } from "../../components/ErrorState";
import {
  countSelected,
  DataGrid,
  useGridKeys,
  useGridLayout,
  useGridSelection,
} from "../../components/grid";
import { NotAllowed } from "../../components/NotAllowed";
import { Page } from "../../components/Page";
import { SearchInput } from "../../components/SearchInput";
import { Split } from "../../components/Split";
import { Toolbar } from "../../components/Toolbar";
import { useAppState, useFields, useMay } from "../../host/state";
import { currentMoneyStyle } from "../../lib/money";
import { paths } from "../../lib/paths";
import { useChannels } from "../channels/useChannels";
import { ExportButton } from "../exports/ExportButton";
import { useHasSuppliers } from "../purchasing/useHasSuppliers";
import { useSeenArea } from "../records/areas";
import { useListPanel } from "../records/useListPanel";
import { productColumns } from "./columns";
import { NoProducts } from "./NoProducts";
import classes from "./Products.module.css";
import { ProductFilters } from "./ProductFilters";
import { SelectedProducts } from "./SelectedProducts";
import { isUnderParent } from "./isUnderParent";
import { useProductList } from "./useProductList";
import { sortOf, useProductView, withPart, writeView } from "./filters";

const rowKey = (row: ProductRow) => row.id;
const rowLabel = (row: ProductRow) => row.sku;

/** The catalogue: search, filters, the grid, and one product beside it. */
export function ProductsPage() {
  const mayView = useMay("view_products");
  if (mayView) return <Catalogue />;
  return <NotAllowed title="Products">Your role does not let you see products.</NotAllowed>;
}

function Catalogue() {
  const { list: fields } = useFields("product");
  const { empty } = useAppState();
  const moneyStyle = currentMoneyStyle();
  const { view, change } = useProductView();
  const list = useProductList(view);
  const hasSuppliers = useHasSuppliers();
  const channels = useChannels();
  const columns = useMemo(
    () => productColumns(fields, moneyStyle, hasSuppliers, channels),
    [fields, moneyStyle, hasSuppliers, channels],
  );
  const layout = useGridLayout("products", columns);
  const listKey = JSON.stringify(view);
  const selection = useGridSelection(listKey);
  const { open, follow, openId, isPanelOpen, panel } = useListPanel({
    pages: list.pages,
    total: list.total,
    list: paths.products,
    record: paths.product,
    search: `?${writeView(view).toString()}`,
  });
  const isEmpty = empty && !view.filter.trashed;
  return (
    <Split panel={<Outlet context={panel} />} isPanelOpen={isPanelOpen}>
      <Page
        title={view.filter.trashed ? "Trash" : "Products"}
        count={!isEmpty && <ListCount list={list} />}
        search={
          !isEmpty && <SearchBox key={String(view.filter.trashed)} leadsToGrid={!isPanelOpen} />
        }
        actions={<PageActions />}
        toolbar={
          !isEmpty && (
            <Toolbar
              instead={
                countSelected(selection) > 0 && (
                  <SelectedProducts
                    selection={selection}
                    filter={view.filter}
                    isExact={list.exact}
                  />
                )
              }
            >
              <ProductFilters
                filter={view.filter}
                layout={layout}
                onChange={(filter) => change({ filter })}
              />
            </Toolbar>
          )
        }
        scroll={false}
      >
        {!list.sorted && (
          <p className={classes.notice} role="status" data-testid="unsorted">
            {view.filter.search === undefined
              ? "Too many products to sort by this column; add a filter. They are listed by name."
              : "Too many results to sort; add a filter. They are listed as they were added."}
          </p>
        )}
        {list.error ? (
          <ErrorState error={list.error} title="Products could not be read" onRetry={list.retry} />
        ) : (
          <DataGrid
            label="Products"
            layout={layout}
            pages={list.pages}
            total={list.total}
            rowKey={rowKey}
            rowLabel={rowLabel}
            {...(list.sorted && {
              sort: { key: view.sortBy ?? view.sort, descending: view.descending },
            })}
            onSort={({ key, descending }) => change({ ...sortOf(key), descending })}
            selection={selection}
            onOpen={open}
            onCursor={follow}
            openKey={openId}
            isUnderParent={(index) => isUnderParent(list.pages.rowAt, index)}
            listKey={listKey}
            empty={
              <NoProducts
                filter={view.filter}
                isEmpty={empty}
                onShowAll={(filter) => change({ filter })}
              />
            }
          />
        )}
      </Page>
    </Split>
  );
}

/** How many products the list has, and how many of them are variants. */
function ListCount({ list }: { list: ReturnType<typeof useProductList> }) {
  const { variants } = list;
  return (
    <>
      <Count value={list.total} exact={list.exact} />
      {variants !== undefined && variants.count > 0 && (
        <span className={classes.ofThem}>
          , <Count value={variants.count} exact={variants.exact} /> of them variants
        </span>
      )}
    </>
  );
}

/** The search; `leadsToGrid` is whether the keys of the list go on to it from anywhere. */
function SearchBox({ leadsToGrid }: { leadsToGrid: boolean }) {
  const { view, change } = useProductView();
  useGridKeys(leadsToGrid);
  return (
    <SearchInput
      label="Search products"
      placeholder="Search name, brand, SKU or barcode"
      initial={view.filter.search ?? ""}
      onSearch={(query) =>
        change({ filter: withPart(view.filter, "search", query || undefined) }, { replace: true })
      }
      testid="product-search"
    />
  );
}

function PageActions() {
  const mayEdit = useMay("edit_products");
  const navigate = useNavigate();
  const { kind } = useSeenArea("products");
  const { view } = useProductView();
  const { filter } = view;
  const search = `?${writeView(view).toString()}`;
  const { empty } = useAppState();
  const narrowing = Object.keys(filter).length > 0 ? { filter } : null;
  return (
    <>
      {!empty && <ExportButton scope={{ kind, narrowing }} testid="export" />}
      {mayEdit && (
        <Button
          leftSection={<IconPlus size={16} />}
          onClick={() => {
            void navigate({ pathname: paths.newProduct, search });
          }}
          data-testid="new-product"
        >
          New
        </Button>
      )}
    </>
  );
}
