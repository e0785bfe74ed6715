import { Button, Group, UnstyledButton } from "@mantine/core";
import { IconPhotoPlus, IconX } from "@tabler/icons-react";

import { Picture } from "../../../components/picture";
import { formatCount } from "../../../lib/format";
import { imageParts } from "../../../lib/images";
import classes from "./Variants.module.css";

interface OptionPictureRowProps {
  value: string;
  /** How many variants have the value. */
  count: number;
  /** Their picture; empty where there is none. */
  image: string;
  /** The pictures of the product, to choose from. */
  offered: readonly string[];
  /** Whether the next picture is for this one. */
  isCurrent: boolean;
  onCurrent: () => void;
  onChoose: (image: string) => void;
  onFile: () => void;
}

/** A value of an option, its picture, and what can be put in its place. */
export function OptionPictureRow(props: OptionPictureRowProps) {
  const { value, image, offered, isCurrent, onChoose } = props;
  const { address } = imageParts(image);
  return (
    <div className={classes.pictureRow} data-current={isCurrent || undefined}>
      <UnstyledButton
        className={classes.pictureValue}
        role="radio"
        aria-checked={isCurrent}
        onClick={props.onCurrent}
        data-testid={`picture-of-${value}`}
      >
        <Picture address={address} alt="" size={48} />
        <span>
          {value}
          <span className={classes.quiet}>{formatCount(props.count, "variant")}</span>
        </span>
      </UnstyledButton>
      <Group gap={4} wrap="wrap" justify="flex-end">
        {offered.map((each, at) => (
          <UnstyledButton
            key={each}
            className={classes.offered}
            aria-label={`Picture ${at + 1} of the product for ${value}`}
            aria-pressed={imageParts(each).address === address}
            onClick={() => onChoose(each)}
          >
            <Picture address={imageParts(each).address} alt="" size={32} />
          </UnstyledButton>
        ))}
        <Button
          size="compact-sm"
          variant="default"
          leftSection={<IconPhotoPlus size={14} />}
          aria-label={`Choose a file for ${value}`}
          onClick={props.onFile}
        >
          File…
        </Button>
        <Button
          size="compact-sm"
          variant="subtle"
          color="gray"
          leftSection={<IconX size={14} />}
          aria-label={`No picture for ${value}`}
          disabled={image === ""}
          onClick={() => onChoose("")}
        >
          None
        </Button>
      </Group>
    </div>
  );
}
