import { Button, Menu } from "@mantine/core";
import { IconCheck, IconColumns3 } from "@tabler/icons-react";

import type { GridLayout } from "./columns";

/** Shows and hides columns. */
export function ColumnsMenu<T>({ layout }: { layout: GridLayout<T> }) {
  return (
    <Menu closeOnItemClick={false} position="bottom-end">
      <Menu.Target>
        <Button
          variant="subtle"
          color="gray"
          leftSection={<IconColumns3 size={16} />}
          data-testid="columns-menu"
        >
          Columns
        </Button>
      </Menu.Target>
      <Menu.Dropdown mah={420} style={{ overflowY: "auto" }}>
        {layout.all.map((column) => {
          const shown = layout.isShown(column.key);
          return (
            <Menu.Item
              key={column.key}
              role="menuitemcheckbox"
              aria-checked={shown}
              disabled={column.fixed === true}
              leftSection={
                <IconCheck size={14} visibility={shown ? "visible" : "hidden"} aria-hidden />
              }
              onClick={() => layout.show(column.key, !shown)}
            >
              {column.label}
            </Menu.Item>
          );
        })}
        <Menu.Divider />
        <Menu.Item onClick={layout.reset}>Reset columns</Menu.Item>
      </Menu.Dropdown>
    </Menu>
  );
}
