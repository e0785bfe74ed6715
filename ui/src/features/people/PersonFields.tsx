import { Select, TextInput } from "@mantine/core";

import type { RoleInfo, RoleKey } from "../../bindings";
import { useRoles } from "../../host/roles";

/** What is typed about a person. */
export interface PersonValues {
  name: string;
  email: string;
  role: RoleKey;
}

interface PersonFieldsProps {
  values: PersonValues;
  onChange: (part: Partial<PersonValues>) => void;
  errors: Partial<Record<string, string>>;
  isReadOnly?: boolean;
  autoFocus?: boolean;
}

/** Name, e-mail and role of a person. Roles that the signed-in person cannot give say so. */
export function PersonFields({ values, onChange, errors, ...props }: PersonFieldsProps) {
  const roles = useRoles() ?? [];
  const isReadOnly = props.isReadOnly ?? false;
  const chosen = roles.find(({ key }) => key === values.role);
  return (
    <>
      <TextInput
        label="Name"
        value={values.name}
        onChange={(event) => onChange({ name: event.currentTarget.value })}
        error={errors["name"]}
        required
        disabled={isReadOnly}
        autoComplete="off"
        autoFocus={props.autoFocus ?? false}
        data-testid="person-name"
      />
      <TextInput
        label="E-mail"
        type="email"
        description="They sign in with it. Nothing is sent to it."
        value={values.email}
        onChange={(event) => onChange({ email: event.currentTarget.value })}
        error={errors["email"]}
        required
        disabled={isReadOnly}
        autoComplete="off"
        data-testid="person-email"
      />
      <Select
        label="Role"
        data={roles.map((role) => optionOf(role, values.role))}
        value={values.role === "" ? null : values.role}
        onChange={(role) => role !== null && onChange({ role })}
        placeholder="Choose a role"
        description={chosen?.description || undefined}
        error={errors["role"]}
        allowDeselect={false}
        required
        disabled={isReadOnly}
        data-testid="person-role"
      />
    </>
  );
}

function optionOf({ key, name, mayGive }: RoleInfo, current: RoleKey) {
  const isTooMuch = !mayGive && key !== current;
  return {
    value: key,
    label: isTooMuch ? `${name} (more rights than you have)` : name,
    disabled: isTooMuch,
  };
}
