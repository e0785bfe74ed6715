export function ChooseWorkspace() {
  return null;
}
