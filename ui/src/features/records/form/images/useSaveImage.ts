import { showErrorToast, showToast } from "../../../../components/toast";
import { useHost } from "../../../../host/context";
import { imageParts } from "../../../../lib/images";

/** Writes a picture of the record with this code to a file that a person names. */
export function useSaveImage(code: string): (image: string, index: number) => Promise<void> {
  const host = useHost();
  return async (image, index) => {
    const { address } = imageParts(image);
    try {
      const [info] = await host.call("images.states", { addresses: [address] });
      const ending = info?.format ? `.${info.format}` : "";
      const stem = `${code || "picture"}-${index + 1}`.replaceAll(/[^\w.-]+/g, "-");
      const file = await host.call("files.choose_save", { suggestedName: stem + ending });
      if (file === null) return;
      await host.call("images.save", { address, file: file.token });
      showToast(`${file.name} saved.`);
    } catch (error) {
      showErrorToast(error);
    }
  };
}
