/** A JSON path. */
export type Path = readonly (string | number)[];

/** Where an object says what the engine has to know: an Experiment says it for trials to come, a Trial for itself. */
export interface Subject {
  readonly kind: 'Experiment' | 'Trial';
  /** The job: of an Experiment as a template, of a Trial as it will run. */
  readonly job: Path;
  /** `kind`, `source` and all that belongs to the metrics collector. */
  readonly collector: Path;
  /** What holds `primaryContainerName` and `primaryPodLabels`. */
  readonly primary: Path;
}

/** Source: Katib, `pkg/apis/controller/experiments/v1beta1`. */
export const experimentSubject: Subject = {
  kind: 'Experiment',
  job: ['spec', 'trialTemplate', 'trialSpec'],
  collector: ['spec', 'metricsCollectorSpec'],
  primary: ['spec', 'trialTemplate'],
};

/** Source: Katib, `pkg/apis/controller/trials/v1beta1`. */
export const trialSubject: Subject = {
  kind: 'Trial',
  job: ['spec', 'runSpec'],
  collector: ['spec', 'metricsCollector'],
  primary: ['spec'],
};
