import { Skeleton, Stack } from "@mantine/core";

import classes from "./Review.module.css";

const ROWS = Array.from({ length: 14 }, (_, row) => row);

/** The size of a review while it is read. */
export function ReviewSkeleton() {
  return (
    <div className={classes.skeleton} role="status" aria-busy aria-label="Reading the plan">
      <Skeleton height={44} />
      <Stack gap={12} mt={16}>
        {ROWS.map((row) => (
          <Skeleton key={row} height={20} />
        ))}
      </Stack>
    </div>
  );
}
