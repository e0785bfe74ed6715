export function WorkspacePassword() {
  return null;
}
