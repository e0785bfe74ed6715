import type { RoleInfo, User } from "../../bindings";
import { DraftDot } from "../../components/DraftDot";
import type { GridColumn, GridSort } from "../../components/grid";
import { formatAgo, formatCount, formatInteger, formatMoment, plainMoment } from "../../lib/format";
import classes from "./People.module.css";
import { PersonStatus, statusOf } from "./PersonStatus";

/** The columns of the list of people. */
export const PEOPLE_COLUMNS: GridColumn<User>[] = [
  {
    key: "name",
    label: "Name",
    width: 220,
    least: 150,
    sort: "name",
    fixed: true,
    render: ({ id, name }) => (
      <span className={classes.name} title={name}>
        <DraftDot subject={`person.${id}`} />
        {name}
      </span>
    ),
    text: ({ name }) => name,
  },
  {
    key: "email",
    label: "E-mail",
    width: 230,
    least: 160,
    sort: "email",
    grow: true,
    render: ({ email }) => <span title={email}>{email}</span>,
    text: ({ email }) => email,
  },
  {
    key: "role",
    label: "Role",
    width: 130,
    least: 90,
    sort: "role",
    render: ({ roleName }) => <span>{roleName}</span>,
    text: ({ roleName }) => roleName,
  },
  {
    key: "status",
    label: "Status",
    width: 150,
    least: 110,
    sort: "status",
    render: (user) => <PersonStatus user={user} />,
    text: (user) => statusOf(user).label,
  },
  {
    key: "signed_in",
    label: "Last sign-in",
    width: 130,
    least: 100,
    sort: "last_sign_in",
    render: ({ lastSignInAt }) =>
      lastSignInAt === undefined ? (
        <span className={classes.quiet}>Never</span>
      ) : (
        <span title={formatMoment(lastSignInAt)}>{formatAgo(lastSignInAt)}</span>
      ),
    text: ({ lastSignInAt }) => (lastSignInAt === undefined ? "" : plainMoment(lastSignInAt)),
  },
];

/** The columns of the list of roles. */
export const ROLE_COLUMNS: GridColumn<RoleInfo>[] = [
  {
    key: "name",
    label: "Role",
    width: 180,
    sort: "name",
    fixed: true,
    render: ({ key, name }) => (
      <span className={classes.name}>
        <DraftDot subject={`role.${key}`} />
        {name}
      </span>
    ),
    text: ({ name }) => name,
  },
  {
    key: "kind",
    label: "Kind",
    width: 110,
    sort: "kind",
    render: ({ builtIn }) => (
      <span className={classes.quiet}>{builtIn ? "Built in" : "Made here"}</span>
    ),
    text: ({ builtIn }) => (builtIn ? "Built in" : "Made here"),
  },
  {
    key: "users",
    label: "People",
    width: 80,
    sort: "users",
    align: "end",
    render: ({ users }) => <span className="tabular">{formatInteger(users)}</span>,
    text: ({ users }) => String(users),
  },
  {
    key: "permissions",
    label: "Rights",
    width: 160,
    sort: "permissions",
    grow: true,
    render: ({ permissions, description }) => (
      <span className={classes.quiet} title={description}>
        {description || formatCount(permissions.length, "right")}
      </span>
    ),
    text: ({ permissions }) => permissions.join(", "),
  },
];

/** The orders of the list of roles: what its columns sort by. */
const ROLE_ORDERS = new Map<string, (a: RoleInfo, b: RoleInfo) => number>([
  ["name", (a, b) => a.name.localeCompare(b.name)],
  ["kind", (a, b) => Number(b.builtIn) - Number(a.builtIn)],
  ["users", (a, b) => a.users - b.users],
  ["permissions", (a, b) => a.permissions.length - b.permissions.length],
]);

/** The roles in the order of a column; as the core has them where none was pressed. */
export function sortRoles(
  roles: RoleInfo[] | undefined,
  sort: GridSort | undefined,
): RoleInfo[] | undefined {
  const order = ROLE_ORDERS.get(sort?.key ?? "");
  if (order === undefined || sort === undefined) return roles;
  return roles?.toSorted((a, b) => (sort.descending ? order(b, a) : order(a, b)));
}
