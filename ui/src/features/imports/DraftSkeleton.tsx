import { Skeleton, Stack } from "@mantine/core";

const ROWS = Array.from({ length: 12 }, (_, row) => row);

/** The size of what comes while a file is read. */
export function DraftSkeleton() {
  return (
    <Stack
      gap={10}
      mt={16}
      data-testid="import-reading"
      role="status"
      aria-busy
      aria-label="Reading the file"
    >
      <Skeleton height={20} width={240} />
      {ROWS.map((row) => (
        <Skeleton key={row} height={30} />
      ))}
    </Stack>
  );
}
