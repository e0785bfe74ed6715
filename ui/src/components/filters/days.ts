import dayjs from "dayjs";

const DAY = "YYYY-MM-DD";

/** Spans of days that are asked for often, as first and last day. */
export function presets(now = new Date()): { value: [string, string]; label: string }[] {
  const today = dayjs(now);
  const since = (days: number): [string, string] => [
    today.subtract(days - 1, "day").format(DAY),
    today.format(DAY),
  ];
  return [
    { value: since(1), label: "Today" },
    { value: since(7), label: "Last 7 days" },
    { value: since(30), label: "Last 30 days" },
    { value: since(365), label: "Last year" },
  ];
}
