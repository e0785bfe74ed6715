import { Tabs } from "@mantine/core";
import { keepPreviousData, useQuery, useQueryClient } from "@tanstack/react-query";
import { useState } from "react";
import { useParams } from "react-router";

import type { DataRecord, KindInfo } from "../../bindings";
import { ToneBadge } from "../../components/OutcomeBadge";
import { Panel } from "../../components/Panel";
import { Reason } from "../../components/Reason";
import { useHost } from "../../host/context";
import { showFirstProblem } from "../../lib/firstProblem";
import { formatAgo } from "../../lib/format";
import { commandQuery } from "../../lib/query";
import { useLate } from "../../lib/useLate";
import { useShortcuts } from "../../lib/shortcuts";
import { textOf } from "../../lib/values";
import { useSeenArea } from "./areas";
import {
  focusFirstField,
  RecordFields,
  RecordSaveBar,
  useReadOnly,
  useRecordForm,
  useSaveRecord,
} from "./form";
import { HistoryTab } from "./HistoryTab";
import type { Locked, RecordList } from "./list";
import { usePanel } from "./panel";
import classes from "./Panel.module.css";
import { RecordMenu } from "./RecordMenu";

/** One record beside its list. The one before stays for a moment while the next is read. */
export function RecordPanel({ list }: { list: RecordList }) {
  const { id = "" } = useParams();
  const { walk, close } = usePanel();
  const { kind } = useSeenArea(list.area);
  const {
    data: read,
    error,
    refetch,
    isPlaceholderData,
  } = useQuery({
    ...commandQuery(useHost(), `${list.area}.get`, { id }),
    placeholderData: keepPreviousData,
  });
  const data = useLate(isPlaceholderData) ? undefined : read;
  const name = data && nameOf(data, kind);
  return (
    <Panel
      title={name}
      label={name ?? kind.label}
      subtitle={data && <Facts list={list} kind={kind} record={data} />}
      actions={data && <Menu list={list} record={data} />}
      walk={walk && ((step) => void walk(step))}
      failure={
        error && {
          error,
          title: `The ${kind.label} could not be read`,
          retry: () => void refetch(),
        }
      }
      onClose={close}
      testid="record-panel"
    >
      {data && <LoadedRecord key={data.id} list={list} record={data} />}
    </Panel>
  );
}

function Menu({ list, record }: { list: RecordList; record: DataRecord }) {
  const { area, Actions, TrashNote, PurgeNote } = list;
  const { kind } = useSeenArea(area);
  const about = { ids: [record.id], name: nameOf(record, kind) };
  return (
    <RecordMenu
      area={area}
      record={record}
      trash={`${list.path}?trash=1`}
      {...(TrashNote ? { trashAsks: <TrashNote {...about} /> } : {})}
      {...(PurgeNote ? { purgesMore: <PurgeNote {...about} /> } : {})}
    >
      {Actions && <Actions record={record} />}
    </RecordMenu>
  );
}

/** What a record is called: its title, or its code where it has none. */
function nameOf({ fields }: DataRecord, kind: KindInfo): string {
  return textOf(fields, kind.title) || textOf(fields, kind.code);
}

interface FactsProps {
  list: RecordList;
  kind: KindInfo;
  record: DataRecord;
}

/** What stands under the name: the code, what the list adds, how it stands, when it changed. */
function Facts({ list, kind, record }: FactsProps) {
  const code = textOf(record.fields, kind.code);
  return (
    <>
      {code !== nameOf(record, kind) && <span className={classes.code}>{code}</span>}
      {list.facts?.(record)}
      {record.trashed && <ToneBadge tone="error" label="In the trash" />}
      <span>Changed {formatAgo(record.updatedAt)}</span>
    </>
  );
}

const NOTHING_LOCKED = {};
const NothingLocked: Locked = ({ children }) => children(NOTHING_LOCKED);

function LoadedRecord({ list, record }: { list: RecordList; record: DataRecord }) {
  const { kind, id, fields, version } = record;
  const client = useQueryClient();
  const [tab, setTab] = useState<string | null>("details");
  const form = useRecordForm({ kind, id, fields, version });
  const { save, isSaving } = useSaveRecord(form, (saved) =>
    client.setQueryData([`${list.area}.get`, { id }], saved),
  );
  const reason = useReadOnly(record);
  useShortcuts({
    "mod+s": form.isBlocked ? showFirstProblem : save,
    e: () => {
      setTab("details");
      focusFirstField();
    },
  });
  const { tabs = [], Locked: LockedOnes = NothingLocked } = list;
  return (
    <>
      <Tabs value={tab} onChange={setTab} classNames={{ root: classes.tabs, panel: classes.tab }}>
        <Tabs.List px={14}>
          <Tabs.Tab value="details">Details</Tabs.Tab>
          {tabs.map(({ key, label }) => (
            <Tabs.Tab key={key} value={key} data-testid={`tab-${key}`}>
              {label}
            </Tabs.Tab>
          ))}
          <Tabs.Tab value="history" data-testid="tab-history">
            History
          </Tabs.Tab>
        </Tabs.List>
        <Tabs.Panel value="details" keepMounted>
          {reason !== null && (
            <div className={classes.reason}>
              <Reason>{reason}</Reason>
            </div>
          )}
          <LockedOnes record={record}>
            {(locked) => (
              <RecordFields
                form={form}
                isReadOnly={reason !== null}
                locked={locked}
                {...(list.inputs ? { inputs: list.inputs } : {})}
              />
            )}
          </LockedOnes>
        </Tabs.Panel>
        {tabs.map(({ key, content }) => (
          <Tabs.Panel key={key} value={key}>
            {tab === key && content(record)}
          </Tabs.Panel>
        ))}
        <Tabs.Panel value="history">
          {tab === "history" && <HistoryTab area={list.area} id={id} />}
        </Tabs.Panel>
      </Tabs>
      <RecordSaveBar form={form} isSaving={isSaving} onSave={save} />
    </>
  );
}
