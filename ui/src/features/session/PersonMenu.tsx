export function PersonMenu({ collapsed }: { collapsed: boolean }) {
  return collapsed ? null : null;
}
