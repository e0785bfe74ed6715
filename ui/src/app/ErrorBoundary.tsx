import { Component, type ReactNode } from "react";

import { ErrorState } from "../components/ErrorState";

interface Props {
  children: ReactNode;
}

/** Catches what no screen expected, says so, and offers to go on. */
export class ErrorBoundary extends Component<Props, { error: unknown; failed: boolean }> {
  override state = { error: null as unknown, failed: false };

  static getDerivedStateFromError(error: unknown) {
    return { error, failed: true };
  }

  override render() {
    if (!this.state.failed) return this.props.children;
    return (
      <ErrorState
        error={this.state.error}
        title="This screen stopped working"
        onRetry={() => this.setState({ error: null, failed: false })}
      />
    );
  }
}
