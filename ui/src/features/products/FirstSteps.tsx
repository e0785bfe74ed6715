import { UnstyledButton } from "@mantine/core";
import { IconFileImport, IconPlus, IconSchool } from "@tabler/icons-react";
import type { ComponentType } from "react";
import { useNavigate } from "react-router";

import { Bar } from "../../components/ProgressBar";
import { showErrorToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { jobFraction, useJobs } from "../../host/jobs";
import { useAppState, useMay } from "../../host/state";
import { paths } from "../../lib/paths";
import classes from "./FirstSteps.module.css";

/** What to do with a workspace that has no product yet. */
export function FirstSteps() {
  const { workspace } = useAppState();
  const navigate = useNavigate();
  const mayImport = useMay("import");
  const mayEdit = useMay("edit_products");
  const practice = useCommand("practice.load");
  const loading = useJobs().find((job) => job.kind === "practice" && job.state === "running");
  return (
    <section className={classes.welcome} data-testid="first-steps">
      <h2 className={classes.title}>{workspace?.name} has no products yet</h2>
      <p className={classes.lead}>
        {mayImport || mayEdit
          ? "Three ways to begin. A CSV file can be dropped anywhere on this window."
          : "Products appear here once a user with the right to edit has added some."}
      </p>
      <div className={classes.steps}>
        {mayImport && (
          <Step
            icon={IconFileImport}
            title="Import a CSV file"
            text="From a supplier, a spreadsheet or another shop. You see what it would do before anything changes."
            onClick={() => void navigate(paths.newImport())}
            testId="step-import"
          />
        )}
        {mayEdit && (
          <Step
            icon={IconPlus}
            title="Add a product"
            text="Type in the first one by hand."
            onClick={() => void navigate(paths.newProduct)}
            testId="step-new"
          />
        )}
        {mayImport && (
          <Step
            icon={IconSchool}
            title="Load the practice catalogue"
            text="A small made-up shop to try things on. It can be undone."
            onClick={() => practice.mutate({}, { onError: showErrorToast })}
            disabled={practice.isPending || loading !== undefined}
            testId="step-practice"
          />
        )}
      </div>
      {loading && (
        <div className={classes.progress}>
          <Bar fraction={jobFraction(loading)} label="Loading the practice catalogue" />
        </div>
      )}
    </section>
  );
}

interface StepProps {
  icon: ComponentType<{ size?: number | string; stroke?: number | string }>;
  title: string;
  text: string;
  onClick: () => void;
  disabled?: boolean;
  testId: string;
}

function Step({ icon: Icon, title, text, onClick, disabled = false, testId }: StepProps) {
  return (
    <UnstyledButton
      className={classes.step ?? ""}
      onClick={onClick}
      disabled={disabled}
      data-testid={testId}
    >
      <Icon size={20} stroke={1.7} />
      <span className={classes.stepTitle}>{title}</span>
      <span className={classes.stepText}>{text}</span>
    </UnstyledButton>
  );
}
