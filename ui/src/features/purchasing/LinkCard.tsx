import { ActionIcon, Menu, Tooltip } from "@mantine/core";
import {
  IconDots,
  IconExternalLink,
  IconStar,
  IconStarFilled,
  IconTrash,
} from "@tabler/icons-react";
import type { ReactNode } from "react";
import { useNavigate } from "react-router";

import type { DataRecord, FieldInfo } from "../../bindings";
import { RecordMoney } from "../../components/RecordMoney";
import { showErrorToast, showToast } from "../../components/toast";
import { useCommand } from "../../host/command";
import { useUndoAction } from "../../host/undo";
import { paths } from "../../lib/paths";
import { numberOf, textOf } from "../../lib/values";
import { useSeenArea } from "../records/areas";
import { useMoveRecords } from "../records/useMoveRecords";
import { CellEditor } from "./CellEditor";
import { SUPPLIER_PRODUCT } from "./fields";
import classes from "./Links.module.css";

const FIRST = 1;

interface LinkCardProps {
  link: DataRecord;
  title: ReactNode;
  mayEdit: boolean;
  isRanked: boolean;
}

/** One supplier product: what it is about, whether it is preferred, and its terms. */
export function LinkCard({ link, title, mayEdit, isRanked }: LinkCardProps) {
  const { kind } = useSeenArea("supplier_products");
  const code = textOf(link.fields, SUPPLIER_PRODUCT.code);
  const terms = kind.fields.filter(({ key }) => isTerm(key));
  return (
    <li className={classes.card} aria-label={code} data-testid="link">
      <div className={classes.head}>
        <div className={classes.title}>{title}</div>
        {isRanked && <Prefer link={link} mayEdit={mayEdit} />}
        <CardMenu link={link} mayEdit={mayEdit} />
      </div>
      <div className={classes.terms}>
        <RecordMoney kind={kind.key} fields={link.fields}>
          {terms.map((info: FieldInfo) => (
            <CellEditor
              key={info.key}
              record={link}
              area="supplier_products"
              info={info}
              isReadOnly={!mayEdit}
            />
          ))}
        </RecordMoney>
      </div>
    </li>
  );
}

/** Whether a field says on what terms it is sold, and not what it is. */
function isTerm(field: string): boolean {
  const { code, supplier, product } = SUPPLIER_PRODUCT;
  return field !== code && field !== supplier && field !== product;
}

/** Says that this is the supplier to order from first, or makes it so. */
function Prefer({ link, mayEdit }: { link: DataRecord; mayEdit: boolean }) {
  const undoOf = useUndoAction();
  const code = textOf(link.fields, SUPPLIER_PRODUCT.code);
  const prefer = useCommand("supplier_products.prefer", ({ record, batchId }) => {
    const supplier = textOf(record.fields, SUPPLIER_PRODUCT.supplier);
    showToast(
      `${supplier} is preferred for ${textOf(record.fields, SUPPLIER_PRODUCT.product)}.`,
      undoOf(batchId),
    );
  });
  if (numberOf(link.fields, SUPPLIER_PRODUCT.preference) === FIRST) {
    return (
      <span className={classes.preferred} data-testid="preferred">
        <IconStarFilled size={14} /> Preferred
      </span>
    );
  }
  if (!mayEdit) return null;
  return (
    <Tooltip label="Order from this supplier first">
      <ActionIcon
        aria-label={`Make ${code} preferred`}
        loading={prefer.isPending}
        onClick={() => prefer.mutate({ id: link.id }, { onError: showErrorToast })}
        data-testid="prefer"
      >
        <IconStar size={16} />
      </ActionIcon>
    </Tooltip>
  );
}

function CardMenu({ link, mayEdit }: { link: DataRecord; mayEdit: boolean }) {
  const navigate = useNavigate();
  const { trash } = useMoveRecords("supplier_products");
  const code = textOf(link.fields, SUPPLIER_PRODUCT.code);
  return (
    <Menu position="bottom-end">
      <Menu.Target>
        <ActionIcon aria-label={`More about ${code}`} data-testid="link-menu">
          <IconDots size={16} />
        </ActionIcon>
      </Menu.Target>
      <Menu.Dropdown>
        <Menu.Item
          leftSection={<IconExternalLink size={16} />}
          onClick={() => void navigate(paths.supplierProduct(link.id))}
        >
          Open {code}
        </Menu.Item>
        {mayEdit && (
          <Menu.Item
            color="red"
            leftSection={<IconTrash size={16} />}
            onClick={() => trash.mutate({ ids: [link.id] })}
            data-testid="remove-link"
          >
            Move to trash
          </Menu.Item>
        )}
      </Menu.Dropdown>
    </Menu>
  );
}
