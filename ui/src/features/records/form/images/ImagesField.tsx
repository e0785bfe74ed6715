import { Button, Input, TextInput } from "@mantine/core";
import { IconPhotoPlus } from "@tabler/icons-react";
import { useCallback, useEffect, useRef, useState, type RefObject } from "react";

import type { FieldInfo } from "../../../../bindings";
import { LargePicture } from "../../../../components/picture";
import { formatInteger } from "../../../../lib/format";
import { takePictures } from "../../../../lib/pictureTarget";
import { textOf } from "../../../../lib/values";
import type { RecordForm } from "../useRecordForm";
import { ImageDetails } from "./ImageDetails";
import classes from "./Images.module.css";
import { ImageStrip } from "./ImageStrip";
import { added, holdsSeveral, imagesIn, inputsOf, moved } from "./strip";
import { type GivingImages, useGiveImages } from "./useGiveImages";
import { useSaveImage } from "./useSaveImage";

interface ImagesFieldProps {
  form: RecordForm;
  /** The fields that hold the images: of one image, of several, or the one before the other. */
  infos: readonly FieldInfo[];
  isReadOnly: boolean;
}

/** The pictures of a record: dropped, pasted, chosen or named by an address, and put into order. */
export function ImagesField({ form, infos, isReadOnly }: ImagesFieldProps) {
  const images = imagesIn(form.state, infos);
  const [chosenAt, setChosen] = useState(0);
  const [open, setOpen] = useState<string | null>(null);
  const chosen = Math.min(chosenAt, images.length - 1);
  const set = (next: readonly string[]) => {
    for (const { info, input } of inputsOf(next, infos)) form.type(info, input);
  };
  const move = (from: number, to: number) => {
    set(moved(images, from, to));
    setChosen(to);
  };
  const remove = (index: number) => set(images.toSpliced(index, 1));
  const giving = useAdding(form, infos, isReadOnly, set);
  const place = useShownWhile(giving.isGiving);
  const save = useSaveImage(textOf(form.edited, form.kind.code));
  const image = images[chosen];
  const problems = infos.flatMap(({ key }) => form.problems[key] ?? []);
  return (
    <Input.Wrapper
      ref={place}
      label={<Label form={form} infos={infos} />}
      labelElement="div"
      error={problems.length > 0 ? problems.join(" ") : undefined}
      data-testid={`field-${infos[0]?.key ?? ""}`}
    >
      {images.length > 0 && (
        <ImageStrip
          label="Pictures"
          images={images}
          chosen={chosen}
          hasMain={infos[0]?.kind === "image" && holdsSeveral(infos)}
          isReadOnly={isReadOnly}
          onChoose={setChosen}
          onMove={move}
          onOpen={(index) => setOpen(images[index] ?? null)}
          onRemove={remove}
        />
      )}
      {image !== undefined && (
        <ImageDetails
          image={image}
          index={chosen}
          count={images.length}
          isReadOnly={isReadOnly}
          onChange={(next) => set(images.with(chosen, next))}
          onMove={(to) => move(chosen, to)}
          onOpen={() => setOpen(image)}
          onSave={() => void save(image, chosen)}
          onRemove={() => remove(chosen)}
        />
      )}
      {isReadOnly && images.length === 0 && <p className={classes.note}>No pictures.</p>}
      {!isReadOnly && <AddImages giving={giving} onAdd={(texts) => set(added(images, texts))} />}
      <LargePicture image={open} onClose={() => setOpen(null)} />
    </Input.Wrapper>
  );
}

/** Brings an element into view when something begins and ends there: pictures may be dropped anywhere on the window. */
function useShownWhile(isBusy: boolean): RefObject<HTMLDivElement | null> {
  const place = useRef<HTMLDivElement>(null);
  const wasBusy = useRef(false);
  useEffect(() => {
    if (isBusy || wasBusy.current) place.current?.scrollIntoView({ block: "nearest" });
    wasBusy.current = isBusy;
  }, [isBusy]);
  return place;
}

/** Takes what is dropped on the window or pasted, for as long as the field is shown. */
function useAdding(
  form: RecordForm,
  infos: readonly FieldInfo[],
  isReadOnly: boolean,
  set: (images: string[]) => void,
): GivingImages {
  // Pictures are stored meanwhile: they are added to what the form holds then.
  const latest = useRef({ state: form.state, set });
  useEffect(() => {
    latest.current = { state: form.state, set };
  });
  const add = useCallback(
    (addresses: string[]) => {
      latest.current.set(added(imagesIn(latest.current.state, infos), addresses));
    },
    [infos],
  );
  const giving = useGiveImages(add);
  const { giveFiles, givePasted, giveClipboard } = giving;
  const name = textOf(form.edited, form.kind.code) || `the new ${form.kind.label.toLowerCase()}`;
  useEffect(() => {
    if (isReadOnly) return undefined;
    return takePictures({ name, drop: giveFiles, paste: givePasted, pasteByHost: giveClipboard });
  }, [isReadOnly, name, giveFiles, givePasted, giveClipboard]);
  return giving;
}

interface AddImagesProps {
  giving: GivingImages;
  onAdd: (texts: string[]) => void;
}

/** The ways to add a picture that can be seen: the dialog and an address. */
function AddImages({ giving, onAdd }: AddImagesProps) {
  const [typed, setTyped] = useState("");
  const { job, isGiving } = giving;
  const add = () => {
    const texts = typed.split(/\s+/).filter(Boolean);
    if (texts.length > 0) onAdd(texts);
    setTyped("");
  };
  return (
    <div className={classes.add}>
      <Button
        size="compact-sm"
        variant="default"
        leftSection={<IconPhotoPlus size={14} />}
        onClick={giving.choose}
        data-testid="choose-images"
      >
        Choose files…
      </Button>
      <TextInput
        className={classes.typed ?? ""}
        size="xs"
        aria-label="Address of a picture"
        placeholder="https://example.com/mug.jpg"
        value={typed}
        onChange={(event) => setTyped(event.currentTarget.value)}
        onKeyDown={(event) => {
          if (event.key !== "Enter") return;
          event.preventDefault();
          add();
        }}
        data-testid="image-address"
      />
      <Button size="compact-sm" variant="default" disabled={typed.trim() === ""} onClick={add}>
        Add
      </Button>
      {isGiving ? (
        <span className={classes.note} role="status">
          {job && job.total > 0
            ? `Adding ${formatInteger(job.done)} of ${formatInteger(job.total)}…`
            : "Adding…"}
          <Button size="compact-xs" variant="subtle" onClick={giving.cancel}>
            Cancel
          </Button>
        </span>
      ) : (
        <span className={classes.note}>Or drop pictures on the window, or paste one.</span>
      )}
    </div>
  );
}

function Label({ form, infos }: { form: RecordForm; infos: readonly FieldInfo[] }) {
  const isChanged = form.changes.some(({ field }) => infos.some(({ key }) => key === field));
  return (
    <>
      {infos.length > 1 ? "Pictures" : infos[0]?.label}
      {isChanged && <span className={classes.changed} title="Not saved yet" />}
    </>
  );
}
