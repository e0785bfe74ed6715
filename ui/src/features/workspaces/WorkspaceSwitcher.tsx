export function WorkspaceSwitcher({ collapsed }: { collapsed: boolean }) {
  return collapsed ? null : null;
}
