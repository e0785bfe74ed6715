export function BrokenWorkspace() {
  return null;
}
