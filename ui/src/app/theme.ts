import {
  ActionIcon,
  Badge,
  Button,
  Checkbox,
  createTheme,
  type CSSVariablesResolver,
  Input,
  Menu,
  Modal,
  Popover,
  Select,
  Switch,
  Table,
  Textarea,
  Tooltip,
} from "@mantine/core";

const CONTROL = {
  "--input-height": "30px",
  "--input-fz": "13px",
  "--input-bd-focus": "var(--accent)",
};

/** Calm and dense: 13 px text, 30 px controls, neutral greys, one quiet teal. */
export const theme = createTheme({
  fontFamily: '"Inter Variable", system-ui, sans-serif',
  fontFamilyMonospace: "ui-monospace, SFMono-Regular, Menlo, Consolas, monospace",
  fontSizes: { xs: "12px", sm: "13px", md: "13px", lg: "16px", xl: "20px" },
  headings: {
    fontWeight: "600",
    sizes: {
      h1: { fontSize: "20px", lineHeight: "28px" },
      h2: { fontSize: "15px", lineHeight: "22px" },
      h3: { fontSize: "13px", lineHeight: "20px" },
    },
  },
  defaultRadius: 6,
  cursorType: "pointer",
  primaryColor: "accent",
  primaryShade: 7,
  respectReducedMotion: true,
  colors: {
    accent: [
      "#e9f6f4",
      "#d2ebe8",
      "#a8d8d2",
      "#79c4bb",
      "#4fb0a5",
      "#2b9c90",
      "#178a7e",
      "#0f766e",
      "#0d655e",
      "#0a524c",
    ],
    red: [
      "#fdeaea",
      "#fad1d1",
      "#f4a6a6",
      "#ed7a7a",
      "#e55555",
      "#dc3b3b",
      "#cf2d2d",
      "#bf2626",
      "#a01f1f",
      "#821818",
    ],
    gray: [
      "#f5f7f7",
      "#edf0f1",
      "#e4e8e9",
      "#cbd2d4",
      "#b1babd",
      "#7d888c",
      "#667176",
      "#535e62",
      "#343c3f",
      "#1b2224",
    ],
    dark: [
      "#e2e7e8",
      "#a8b3b7",
      "#8f9ba0",
      "#667176",
      "#3c4549",
      "#292f32",
      "#1d2224",
      "#16191b",
      "#111416",
      "#0c0e0f",
    ],
  },
  components: {
    Button: Button.extend({
      defaultProps: { size: "xs" },
      vars: () => ({ root: { "--button-height": "30px", "--button-fz": "13px" } }),
      styles: { label: { fontWeight: 500 } },
    }),
    ActionIcon: ActionIcon.extend({
      defaultProps: { size: 28, variant: "subtle", color: "gray" },
      vars: () => ({ root: { "--ai-color": "var(--text-2)" } }),
    }),
    Input: Input.extend({
      defaultProps: { size: "xs" },
      vars: () => ({ wrapper: CONTROL }),
    }),
    InputWrapper: Input.Wrapper.extend({
      defaultProps: { size: "xs", inputWrapperOrder: ["label", "input", "description", "error"] },
      vars: () => ({
        label: { "--input-label-size": "12px", "--input-asterisk-color": "var(--text-3)" },
        error: { "--input-error-size": "12px" },
        success: {},
        description: { "--input-description-size": "12px" },
      }),
      styles: {
        label: { color: "var(--text-2)", marginBottom: 4 },
        description: { color: "var(--text-3)", marginTop: 4 },
        error: { color: "var(--error)", marginTop: 4 },
      },
    }),
    Textarea: Textarea.extend({ defaultProps: { autosize: true, minRows: 3, maxRows: 12 } }),
    Select: Select.extend({ defaultProps: { checkIconPosition: "right" } }),
    Checkbox: Checkbox.extend({ defaultProps: { size: "xs", radius: 4 } }),
    Switch: Switch.extend({ defaultProps: { size: "xs" } }),
    Badge: Badge.extend({ styles: { label: { textTransform: "none", fontWeight: 500 } } }),
    Menu: Menu.extend({
      defaultProps: {
        shadow: "md",
        transitionProps: { duration: 80 },
        withInitialFocusPlaceholder: false,
      },
      styles: { item: { fontSize: 13, padding: "5px 8px" }, label: { fontSize: 12 } },
    }),
    Popover: Popover.extend({ defaultProps: { shadow: "md", transitionProps: { duration: 80 } } }),
    Modal: Modal.extend({
      defaultProps: {
        centered: true,
        // The window itself never scrolls, and the lock would add a style without a nonce.
        lockScroll: false,
        transitionProps: { duration: 100, transition: "fade" },
        overlayProps: { backgroundOpacity: 0.35 },
        closeButtonProps: { "aria-label": "Close" },
      },
      styles: { title: { fontSize: 15, fontWeight: 600 } },
    }),
    Table: Table.extend({
      styles: { th: { color: "var(--text-3)", fontSize: 12, fontWeight: 500 } },
    }),
    Tooltip: Tooltip.extend({
      defaultProps: { openDelay: 350, transitionProps: { duration: 80 }, fz: 12 },
    }),
  },
});

/** Ties Mantine's own variables to the palette in `theme.css`. */
export const cssVariables: CSSVariablesResolver = () => {
  const shared = {
    "--mantine-color-body": "var(--bg)",
    "--mantine-color-text": "var(--text)",
    "--mantine-color-dimmed": "var(--text-3)",
    "--mantine-color-placeholder": "var(--text-3)",
    "--mantine-color-default-border": "var(--line-strong)",
    "--mantine-color-default-hover": "var(--bg-hover)",
    "--mantine-color-error": "var(--error)",
    "--mantine-color-red-6": "var(--error)",
    "--mantine-color-anchor": "var(--accent-text)",
    "--mantine-color-disabled": "var(--unchanged-soft)",
    "--mantine-color-disabled-color": "var(--text-3)",
    "--mantine-primary-color-light-color": "var(--accent-text)",
    "--mantine-color-accent-light-color": "var(--accent-text)",
  };
  return {
    variables: {},
    light: { ...shared, "--mantine-color-default": "var(--bg-raised)" },
    dark: { ...shared, "--mantine-color-default": "var(--bg-raised)" },
  };
};
