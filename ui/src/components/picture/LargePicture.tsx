import { Modal } from "@mantine/core";

import { imageParts } from "../../lib/images";
import classes from "./LargePicture.module.css";
import { useSource, whyNot } from "./Picture";

interface LargePictureProps {
  /** The image as its field holds it; null while none is shown. */
  image: string | null;
  onClose: () => void;
}

/** A picture as it came, as large as the window allows. */
export function LargePicture({ image, onClose }: LargePictureProps) {
  const { address, shows } = imageParts(image ?? "");
  return (
    <Modal
      opened={image !== null}
      onClose={onClose}
      title={shows || "Picture"}
      size="auto"
      // While it faded out there would be no picture in it any more.
      transitionProps={{ duration: 0 }}
    >
      <Whole key={address} address={address} shows={shows} />
    </Modal>
  );
}

function Whole({ address, shows }: { address: string; shows: string }) {
  const { source, fail, info, hasFailed } = useSource(address, "original");
  if (address === "") return null;
  if (source === null || hasFailed) return <p>{whyNot(info) || "The picture is not here."}</p>;
  return (
    <img
      className={classes.whole}
      src={source}
      alt={shows || "Picture"}
      onError={fail}
      data-testid="large-picture"
    />
  );
}
