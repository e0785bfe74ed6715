import type {
  BatchId,
  ChosenFile,
  JobId,
  Kind,
  ListingFilter,
  PlanId,
  RecordId,
  RoleKey,
  UserId,
} from "../bindings";

/** The tabs of a channel; the overview stands at the address of the channel itself. */
export type ChannelTab = "match" | "fields" | "failures" | "log";

/** Every address of the window, so that links and routes cannot drift apart. */
export const paths = {
  home: "/",
  products: "/products",
  product: (id: RecordId) => `/products/${encodeURIComponent(id)}`,
  newProduct: "/products/new",
  suppliers: "/purchasing/suppliers",
  supplier: (id: RecordId) => `/purchasing/suppliers/${encodeURIComponent(id)}`,
  newSupplier: "/purchasing/suppliers/new",
  supplierProducts: "/purchasing/supplier-products",
  supplierProduct: (id: RecordId) => `/purchasing/supplier-products/${encodeURIComponent(id)}`,
  newSupplierProduct: "/purchasing/supplier-products/new",
  /** What one supplier sells. */
  soldBy: (supplier: RecordId) =>
    `/purchasing/supplier-products?${new URLSearchParams({ supplier }).toString()}`,
  imports: "/imports",
  /** The import wizard, at a file that was chosen or dropped, or at the choice of one. */
  newImport: (file?: ChosenFile) =>
    file
      ? `/imports/new?${new URLSearchParams({ file: file.token, name: file.name }).toString()}`
      : "/imports/new",
  /** The import wizard at the choice of a supplier's price file. */
  newPriceFile: (sender: RecordId) => `/imports/new?${new URLSearchParams({ sender }).toString()}`,
  /** A plan; `job` is the run that makes it, while it runs. */
  plan: (id: PlanId, job?: JobId) =>
    `/plans/${encodeURIComponent(id)}${job === undefined ? "" : `?job=${job}`}`,
  batch: (id: BatchId) => `/batches/${encodeURIComponent(id)}`,
  people: "/people",
  person: (id: UserId) => `/people/${encodeURIComponent(id)}`,
  newPerson: "/people/new",
  roles: "/people/roles",
  role: (key: RoleKey) => `/people/roles/${encodeURIComponent(key)}`,
  newRole: "/people/roles/new",
  history: "/history",
  /** One entry of the history, by its number. */
  historyEntry: (number: number) => `/history/${number}`,
  /** What one person did. */
  historyOf: (person: UserId) => `/history?${new URLSearchParams({ person }).toString()}`,
  account: "/account",
  settings: "/settings",
  failedPictures: "/settings/pictures",
  customFields: "/settings/fields",
  customField: (id: RecordId) => `/settings/fields/${encodeURIComponent(id)}`,
  newCustomField: "/settings/fields/new",
  channels: "/channels",
  channel: (id: RecordId) => `/channels/${encodeURIComponent(id)}`,
  /** One tab of a channel; of what the shop has, those that stand in this way to our products. */
  channelTab: (id: RecordId, tab: ChannelTab, show?: ListingFilter) =>
    `/channels/${encodeURIComponent(id)}/${tab}${show === undefined ? "" : `?${new URLSearchParams({ show }).toString()}`}`,
  newChannel: "/channels/new",
  /** Those that were removed. */
  removedChannels: "/channels?trash=1",
};

/** Where a record of this kind is shown; null where it has no page. */
export function recordPath(kind: Kind, id: RecordId): string | null {
  switch (kind) {
    case "product":
      return paths.product(id);
    case "supplier":
      return paths.supplier(id);
    case "supplier_product":
      return paths.supplierProduct(id);
    case "user":
      return paths.person(id);
    case "role":
      return paths.role(id);
    case "custom_field":
      return paths.customField(id);
    case "channel":
      return paths.channel(id);
    case "channel_field":
    case "listing":
      return null;
    case "workspace":
      return paths.settings;
  }
}

/** Where the records of this kind are listed; null where they have no list. */
export function listPath(kind: Kind): string | null {
  switch (kind) {
    case "product":
      return paths.products;
    case "supplier":
      return paths.suppliers;
    case "supplier_product":
      return paths.supplierProducts;
    case "user":
      return paths.people;
    case "role":
      return paths.roles;
    case "custom_field":
      return paths.customFields;
    case "channel":
      return paths.channels;
    case "channel_field":
    case "listing":
    case "workspace":
      return null;
  }
}
