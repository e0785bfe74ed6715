import { useEffect, useState } from "react";

/** So long what was there before may stay while the next is read: less would flicker. */
const LATE_MS = 250;

/** Whether something has lasted long enough to be noticed. */
export function useLate(lasts: boolean): boolean {
  const [isLate, setIsLate] = useState(false);
  useEffect(() => {
    if (!lasts) return;
    const timer = setTimeout(() => setIsLate(true), LATE_MS);
    return () => {
      clearTimeout(timer);
      setIsLate(false);
    };
  }, [lasts]);
  return lasts && isLate;
}
