import { ActionIcon, Menu } from "@mantine/core";
import { IconArrowBackUp, IconCopy, IconDots, IconTrash, IconTrashX } from "@tabler/icons-react";
import { useState, type ReactNode } from "react";
import { useNavigate } from "react-router";

import type { DataRecord } from "../../bindings";
import { showToast } from "../../components/toast";
import { useCopyText } from "../../host/clipboard";
import type { RecordArea } from "../../host/records";
import { textOf } from "../../lib/values";
import { useSeenArea } from "./areas";
import { PurgeDialog } from "./PurgeDialog";
import { TrashDialog } from "./TrashDialog";
import { useMoveRecords } from "./useMoveRecords";

interface RecordMenuProps {
  area: RecordArea;
  record: DataRecord;
  /** The list of the trash, to which a record that is gone leads back. */
  trash: string;
  /** What its code is called, to copy it. */
  codeName?: string;
  /** What moving it to the trash means, to be asked before; without, it is moved at once. */
  trashAsks?: ReactNode;
  /** What else goes when it is deleted for good. */
  purgesMore?: ReactNode;
  /** What else can be done with it. */
  children?: ReactNode;
}

/** What can be done with a record besides editing it. */
export function RecordMenu({ area, record, codeName = "code", ...props }: RecordMenuProps) {
  const { kind, mayEdit, mayPurge } = useSeenArea(area);
  const [isPurging, setIsPurging] = useState(false);
  const [isTrashing, setIsTrashing] = useState(false);
  const navigate = useNavigate();
  const move = useMoveRecords(area);
  const copyText = useCopyText();
  const code = textOf(record.fields, kind.code);
  const ids = [record.id];
  const copyCode = async () => {
    if (await copyText(code)) showToast(`${code} copied.`);
  };
  return (
    <>
      <Menu position="bottom-end">
        <Menu.Target>
          <ActionIcon aria-label="More" data-testid="record-menu">
            <IconDots size={16} />
          </ActionIcon>
        </Menu.Target>
        <Menu.Dropdown>
          <Menu.Item leftSection={<IconCopy size={16} />} onClick={() => void copyCode()}>
            Copy the {codeName}
          </Menu.Item>
          {props.children}
          {(mayEdit || (mayPurge && record.trashed)) && <Menu.Divider />}
          {mayEdit && record.trashed && (
            <Menu.Item
              leftSection={<IconArrowBackUp size={16} />}
              onClick={() => move.restore.mutate({ ids })}
              data-testid="restore-record"
            >
              Restore
            </Menu.Item>
          )}
          {mayPurge && record.trashed && (
            <Menu.Item
              color="red"
              leftSection={<IconTrashX size={16} />}
              onClick={() => setIsPurging(true)}
              data-testid="purge-record"
            >
              Delete for good…
            </Menu.Item>
          )}
          {mayEdit && !record.trashed && (
            <Menu.Item
              color="red"
              leftSection={<IconTrash size={16} />}
              onClick={() =>
                props.trashAsks === undefined ? move.trash.mutate({ ids }) : setIsTrashing(true)
              }
              data-testid="trash-record"
            >
              Move to trash
            </Menu.Item>
          )}
        </Menu.Dropdown>
      </Menu>
      <TrashDialog
        area={area}
        ids={ids}
        name={textOf(record.fields, kind.title) || code}
        opened={isTrashing}
        onClose={() => setIsTrashing(false)}
      >
        {props.trashAsks}
      </TrashDialog>
      <PurgeDialog
        area={area}
        ids={ids}
        name={code}
        more={props.purgesMore}
        opened={isPurging}
        onClose={() => setIsPurging(false)}
        onPurged={() => void navigate(props.trash)}
      />
    </>
  );
}
