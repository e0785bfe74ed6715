/** An image in its parts: one line of text, its address, and after a space what it shows. */
export interface ImageParts {
  address: string;
  shows: string;
}

/** The parts of an image as a field holds it. */
export function imageParts(text: string): ImageParts {
  const at = text.indexOf(" ");
  return at < 0
    ? { address: text, shows: "" }
    : { address: text.slice(0, at), shows: text.slice(at + 1) };
}

/** An image as a field holds it. */
export function imageText({ address, shows }: ImageParts): string {
  return shows === "" ? address : `${address} ${shows}`;
}

/** Whether the workspace itself holds the picture: its address is a name that says nothing to a person. */
export function isStored(address: string): boolean {
  return address.startsWith("image:");
}

/** An image as a person reads it. */
export function imageWords(text: string): string {
  const { address, shows } = imageParts(text);
  return isStored(address) ? shows || "Stored picture" : text;
}

const PICTURE_FILE = /\.(jpe?g|png|webp|gif|avif)$/i;

/** Whether all files are called as pictures are. What they are is told by their content. */
export function arePictures(names: readonly string[]): boolean {
  return names.length > 0 && names.every((name) => PICTURE_FILE.test(name));
}
