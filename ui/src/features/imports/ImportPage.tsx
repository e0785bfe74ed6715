import { Button } from "@mantine/core";
import { IconFileImport, IconFileSpreadsheet } from "@tabler/icons-react";
import { useQuery } from "@tanstack/react-query";
import { useSearchParams } from "react-router";

import type { FileToken } from "../../bindings";
import { EmptyState } from "../../components/EmptyState";
import { ErrorState } from "../../components/ErrorState";
import { NotAllowed } from "../../components/NotAllowed";
import { Page } from "../../components/Page";
import { IMPORT_STEPS, Steps } from "../../components/Steps";
import { showErrorToast } from "../../components/toast";
import { useHost } from "../../host/context";
import { useMay } from "../../host/state";
import { toCoreError } from "../../lib/errors";
import { commandQuery } from "../../lib/query";
import { textOf } from "../../lib/values";
import { DraftSkeleton } from "./DraftSkeleton";
import { DraftView } from "./DraftView";
import { type Holding, holdingOf, withFile } from "./holding";
import { PassedDraft } from "./PassedDraft";
import { useDraft } from "./useDraft";

/** From a file to a plan: choose it, say how it is understood, go on to the review. */
export function ImportPage() {
  const mayImport = useMay("import");
  if (mayImport) return <Import />;
  return <NotAllowed title="Import">Your role does not let you import files.</NotAllowed>;
}

function Import() {
  const [params] = useSearchParams();
  const file = params.get("file");
  const name = params.get("name") ?? "";
  const holding = holdingOf(params);
  if (file === null) return <NoFile holding={holding} />;
  const key = [file, holding.kind, holding.sender].join(" ");
  return (
    <PassedDraft key={key} title={name === "" ? "Import" : `Import ${name}`}>
      <OpenedFile file={file} name={name} holding={holding} />
    </PassedDraft>
  );
}

function NoFile({ holding }: { holding: Holding }) {
  const sender = useSender(holding);
  return (
    <Page title="Import" actions={<Steps steps={IMPORT_STEPS} current={0} />}>
      <EmptyState
        icon={<IconFileSpreadsheet size={22} />}
        title={
          sender === null
            ? "Drop a CSV file anywhere on the window"
            : `Drop the price file of ${sender} anywhere on the window`
        }
        actions={<ChooseFileButton primary />}
      >
        {sender === null &&
          "A supplier’s list, an export of another program, a Shopify product file: comma, semicolon or tab separated. "}
        {sender !== null &&
          "Its rows are matched with your products by your SKU, the supplier’s SKU or the barcode. "}
        You see what it would change before anything changes.
      </EmptyState>
    </Page>
  );
}

/** The code of the supplier whose price file is asked for; null when any file is. */
function useSender({ sender }: Holding): string | null {
  const { data } = useQuery({
    ...commandQuery(useHost(), "suppliers.get", { id: sender ?? "" }),
    enabled: typeof sender === "string",
  });
  return data ? textOf(data.fields, "supplier.code") : null;
}

/** Opens the native dialog, and then the chosen file. */
function ChooseFileButton({ primary = false }: { primary?: boolean }) {
  const host = useHost();
  const [params, setParams] = useSearchParams();
  const choose = async () => {
    try {
      const file = await host.call("files.choose", {});
      if (file) setParams(withFile(params, file));
    } catch (error) {
      showErrorToast(error);
    }
  };
  return (
    <Button
      variant={primary ? "filled" : "default"}
      leftSection={<IconFileImport size={16} />}
      onClick={() => void choose()}
      autoFocus={primary}
      data-testid="import-choose"
    >
      {primary ? "Choose a file…" : "Choose another file…"}
    </Button>
  );
}

interface OpenedFileProps {
  file: FileToken;
  name: string;
  holding: Holding;
}

/** The person stopped it: nothing failed. */
function Stopped({ name, onRetry }: { name: string; onRetry: () => void }) {
  return (
    <EmptyState
      title={`Reading ${name === "" ? "the file" : name} was stopped`}
      actions={
        <>
          <Button onClick={onRetry} data-testid="import-read-again">
            Read it again
          </Button>
          <ChooseFileButton />
        </>
      }
    >
      Nothing was imported.
    </EmptyState>
  );
}

function OpenedFile({ file, name, holding }: OpenedFileProps) {
  const { result, error, retry } = useDraft(file, holding);
  if (result) return <DraftView {...result} />;
  const steps = <Steps steps={IMPORT_STEPS} current={0} />;
  return (
    <Page title={name === "" ? "Import" : `Import ${name}`} actions={steps}>
      {toCoreError(error).code === "cancelled" ? (
        <Stopped name={name} onRetry={retry} />
      ) : error ? (
        <ErrorState
          error={error}
          title={`${name === "" ? "The file" : name} could not be read`}
          onRetry={retry}
          actions={<ChooseFileButton />}
        />
      ) : (
        <DraftSkeleton />
      )}
    </Page>
  );
}
