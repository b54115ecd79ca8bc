/** The kinds of metrics collectors that Katib knows; `None` is what `Push` was called before 0.18. */
export const collectorKinds = [
  'StdOut',
  'File',
  'TensorFlowEvent',
  'PrometheusMetric',
  'Custom',
  'Push',
  'None',
] as const;

/** Whether trials report by themselves: there is no sidecar, and nothing is read. */
export function isPush(collector: string): boolean {
  return collector === 'Push' || collector === 'None';
}

/**
 * Whether Katib wraps the container's command, and its sidecar reads lines that the command writes. Source: Katib,
 * `NeedWrapWorkerMetricsCollecterList`.
 */
export function readsLines(collector: string): boolean {
  return collector === 'StdOut' || collector === 'File';
}
