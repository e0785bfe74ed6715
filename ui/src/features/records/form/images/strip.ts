import type { FieldInfo } from "../../../../bindings";
import { imageParts } from "../../../../lib/images";
import { inputOf, type FormState, type Input } from "../state";

/** The images of the fields that stand together: of one that holds a single image, it is the first. */
export function imagesIn(state: FormState, infos: readonly FieldInfo[]): string[] {
  return infos.flatMap((info) => {
    const input = inputOf(state, info);
    const text = typeof input === "string" ? input : "";
    return text.split("\n").filter((line) => line.trim() !== "");
  });
}

/** What the fields hold when these are their images, the first one in the field of one image. */
export function inputsOf(
  images: readonly string[],
  infos: readonly FieldInfo[],
): { info: FieldInfo; input: Input }[] {
  let left = images;
  return infos.map((info) => {
    const taken = info.kind === "image" ? left.slice(0, 1) : left;
    left = left.slice(taken.length);
    return { info, input: taken.join("\n") };
  });
}

/** How many images the fields can hold: one, unless one of them holds several. */
export function holdsSeveral(infos: readonly FieldInfo[]): boolean {
  return infos.some(({ kind }) => kind === "images");
}

/** The images with one of them at another place. */
export function moved(images: readonly string[], from: number, to: number): string[] {
  const image = images[from];
  if (image === undefined || to < 0 || to >= images.length) return images.slice();
  const rest = images.toSpliced(from, 1);
  return rest.toSpliced(to, 0, image);
}

/** The images with some behind them, each address once. */
export function added(images: readonly string[], more: readonly string[]): string[] {
  const known = new Set(images.map((image) => imageParts(image).address));
  const fresh = more.filter((image) => {
    const { address } = imageParts(image);
    const isFresh = !known.has(address);
    known.add(address);
    return isFresh;
  });
  return [...images, ...fresh];
}
