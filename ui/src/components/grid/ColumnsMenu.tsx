import { Button, Menu } from "@mantine/core";
import { IconColumns3 } from "@tabler/icons-react";

import type { GridLayout } from "./columns";
import classes from "./DataGrid.module.css";

/** Shows and hides columns. */
export function ColumnsMenu<T>({ layout }: { layout: GridLayout<T> }) {
  const hideable = layout.all.filter((column) => column.fixed !== true);
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconColumns3 size={16} />}
          title="Columns"
          className={classes.columns ?? ""}
          data-testid="columns-menu"
        >
          <span className={classes.columnsLabel}>Columns</span>
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: "auto" }}>
        {hideable.map((column) => (
          <Menu.CheckboxItem
            key={column.key}
            checked={layout.isShown(column.key)}
            onChange={(shown) => layout.show(column.key, shown)}
          >
            {column.label}
          </Menu.CheckboxItem>
        ))}
        <Menu.Divider />
        <Menu.Item onClick={layout.reset}>Reset columns</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
