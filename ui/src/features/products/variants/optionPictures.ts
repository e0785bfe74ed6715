/** Pictures for all variants with the same value of an option: the red one for every red shirt. */
import type { OptionValues, UpdateRecord, Variant } from "../../../bindings";
import { imageParts } from "../../../lib/images";
import { textOf, valueIn } from "../../../lib/values";
import { OPTION_NAMES, OPTION_VALUES } from "./variantColumns";

/** What was chosen: an image as a field holds it, by the value of the option in lower case. */
export type ChosenPictures = ReadonlyMap<string, string>;

/** The value that a variant has of an option; empty where it has none. */
export function valueOf({ fields }: Variant, option: string): string {
  const name = option.toLowerCase();
  const at = OPTION_NAMES.findIndex((field) => textOf(fields, field).toLowerCase() === name);
  const slot = OPTION_VALUES[at];
  return slot === undefined ? "" : textOf(fields, slot);
}

/** The variants with a value of an option. */
export function withValue(variants: readonly Variant[], option: string, value: string): Variant[] {
  const wanted = value.toLowerCase();
  return variants.filter((variant) => valueOf(variant, option).toLowerCase() === wanted);
}

/** The main picture of the first of these variants that has one. */
export function pictureOf(variants: readonly Variant[]): string {
  const images = variants.map(({ fields }) => textOf(fields, "main_image"));
  return images.find((image) => image !== "") ?? "";
}

/**
 * Which values pictures are meant for: one whose file is called like a value goes to it, the others in their order to
 * the values from `first` on that have none yet.
 */
export function placed(
  pictures: readonly { address: string; name: string }[],
  { values, first, chosen }: { values: readonly string[]; first: number; chosen: ChosenPictures },
): ChosenPictures {
  const next = new Map(chosen);
  const given = new Set<string>();
  const give = (value: string, address: string) => {
    next.set(value.toLowerCase(), address);
    given.add(value);
  };
  const named = values.toSorted((a, b) => b.length - a.length);
  const others = pictures.filter(({ address, name }) => {
    const value = named.find((each) => !given.has(each) && isIn(name, each));
    if (value !== undefined) give(value, address);
    return value === undefined;
  });
  const free = [...values.slice(first), ...values.slice(0, first)].filter(
    (value) => !given.has(value),
  );
  others.forEach(({ address }, at) => {
    const value = free[at];
    if (value !== undefined) give(value, address);
  });
  return next;
}

/** The words of a text, each between spaces. */
function words(text: string): string {
  return ` ${
    text
      .toLowerCase()
      .match(/[\p{L}\p{N}]+/gu)
      ?.join(" ") ?? ""
  } `;
}

/** Whether the name of a file has a value as a word: `tee-dark-green.jpg` has `Dark green`. */
function isIn(name: string, value: string): boolean {
  const wanted = words(value);
  return wanted.trim() !== "" && words(name).includes(wanted);
}

/** What is to be saved: the main picture of each variant for whose value another one was chosen. */
export function picturesToSave(
  variants: readonly Variant[],
  option: OptionValues,
  chosen: ChosenPictures,
): UpdateRecord[] {
  return variants.flatMap((variant) => {
    const image = chosen.get(valueOf(variant, option.name).toLowerCase());
    const old = textOf(variant.fields, "main_image");
    if (image === undefined || imageParts(old).address === imageParts(image).address) return [];
    const change = {
      field: "main_image",
      old: valueIn(variant.fields, "main_image"),
      new: image === "" ? null : image,
    };
    return [{ id: variant.id, version: variant.version, changes: [change] }];
  });
}
