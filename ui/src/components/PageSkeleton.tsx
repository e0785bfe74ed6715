import { Skeleton, Stack } from "@mantine/core";

import { Page } from "./Page";

const ROWS = Array.from({ length: 14 }, (_, row) => row);

/** Stands where a page will be while its code is read: once, at the start. */
export function PageSkeleton() {
  return (
    <Page title={<Skeleton component="span" display="block" height={20} width={140} my={4} />}>
      <Stack gap={12} role="status" aria-busy aria-label="Opening the page">
        {ROWS.map((row) => (
          <Skeleton key={row} height={20} />
        ))}
      </Stack>
    </Page>
  );
}
