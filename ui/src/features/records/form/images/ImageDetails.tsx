import { Button, Group, TextInput } from "@mantine/core";
import {
  IconArrowLeft,
  IconArrowRight,
  IconDownload,
  IconMaximize,
  IconStar,
  IconTrash,
} from "@tabler/icons-react";

import { MiddleCut } from "../../../../components/MiddleCut";
import { imageParts, imageText, isStored } from "../../../../lib/images";
import classes from "./Images.module.css";

interface ImageDetailsProps {
  image: string;
  index: number;
  count: number;
  isReadOnly: boolean;
  onChange: (image: string) => void;
  onMove: (to: number) => void;
  onOpen: () => void;
  onSave: () => void;
  onRemove: () => void;
}

/** What can be done with the picture that is chosen, and what it shows. */
export function ImageDetails(props: ImageDetailsProps) {
  const { image, index, count, isReadOnly } = props;
  const { address, shows } = imageParts(image);
  return (
    <div className={classes.details} data-testid="image-details">
      <TextInput
        label="What it shows"
        description="Read to people who cannot see it."
        value={shows}
        readOnly={isReadOnly}
        onChange={(event) =>
          props.onChange(imageText({ address, shows: event.currentTarget.value }))
        }
        data-testid="image-shows"
      />
      <div className={classes.address} title={address}>
        <MiddleCut text={isStored(address) ? "Stored in this workspace" : address} />
      </div>
      <Group gap={6}>
        <Act icon={<IconMaximize size={14} />} label="Open" onClick={props.onOpen} />
        <Act icon={<IconDownload size={14} />} label="Save as…" onClick={props.onSave} />
        {!isReadOnly && (
          <>
            {index > 0 && (
              <>
                <Act
                  icon={<IconStar size={14} />}
                  label="Set as main"
                  onClick={() => props.onMove(0)}
                />
                <Act
                  icon={<IconArrowLeft size={14} />}
                  label="Earlier"
                  onClick={() => props.onMove(index - 1)}
                />
              </>
            )}
            {index < count - 1 && (
              <Act
                icon={<IconArrowRight size={14} />}
                label="Later"
                onClick={() => props.onMove(index + 1)}
              />
            )}
            <Act icon={<IconTrash size={14} />} label="Remove" onClick={props.onRemove} />
          </>
        )}
      </Group>
    </div>
  );
}

interface ActProps {
  icon: React.ReactNode;
  label: string;
  onClick: () => void;
}

function Act({ icon, label, onClick }: ActProps) {
  return (
    <Button size="compact-sm" variant="default" leftSection={icon} onClick={onClick}>
      {label}
    </Button>
  );
}
