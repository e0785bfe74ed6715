export function CreateOwner() {
  return null;
}
