import type { Catalogue } from '@katib-push/core';

/** What is said of Experiments and Trials, beyond what core says of their scripts. Read without loading the engine. */
export const experimentCatalogue = {
  // What was given
  'not-an-experiment': ['error', 'Give an object with apiVersion kubeflow.org/v1beta1 and kind Experiment.'],
  'invalid-field': ['error', 'Correct the field; Katib would refuse or misread it too.'],
  'no-trial-spec': [
    'warning',
    'Inline the template as spec.trialTemplate.trialSpec; a ConfigMap is not read.',
  ],
  'no-primary-container': [
    'error',
    'Set spec.trialTemplate.primaryContainerName to the name of a container in the trial spec.',
  ],
  'template-not-read': [
    'warning',
    'Put the primary container into the trial spec, with command and args: only those are read.',
  ],
  'old-value': ['warning', 'Set the value that is named.'],
  'unknown-annotation': ['warning', 'Correct the name; as it stands it means nothing.'],
  'no-command': [
    'info',
    "Write what the image's ENTRYPOINT and CMD run into command and args: only what stands there can run under the shim.",
  ],
  'too-large': ['warning', 'Move the script into the image, or raise the limit.'],
  'unknown-language': ['error', 'Name the language with --language, or give the file its usual ending.'],
  'several-pods': [
    'warning',
    'Give the primary pod a replica type of its own (Master, Chief), or set KATIB_PUSH_TRIAL_NAME there.',
  ],
  'internal-error': [
    'error',
    'Please report this with the Experiment; it runs as it would without katib-push.',
  ],
  // Why it stays as it is, and what there is to know where it doesn't
  disabled: ['info', 'Remove katib-push.io/rewrite: disabled to have it rewritten.'],
  'not-enabled': ['info', 'Set the annotation katib-push.io/rewrite: enabled.'],
  'other-collector': [
    'warning',
    'Leave it, or set the collector to StdOut if the trials print their metrics.',
  ],
  'early-stopping': [
    'warning',
    'Early stopping needs the sidecar; remove it, or force with katib-push.io/rewrite: forced.',
  ],
  'no-sure-interpreter': [
    'warning',
    'If the image has a Python, say so with katib-push.io/capture: container.',
  ],
  'way-not-allowed': [
    'warning',
    'Ask who runs the webhook, or choose another way with katib-push.io/capture.',
  ],
  'words-joined': [
    'info',
    "Nothing to do: it is what Katib's wrapper does too. Write the words as sh -c TEXT to be sure of them.",
  ],
  'needs-sidecar-volume': [
    'warning',
    'Leave the collector as it is: Katib mounts that folder only for StdOut and File.',
  ],
  'reports-itself': ['info', 'Nothing to do: the script pushes its metrics already.'],
  'already-rewritten': ['info', 'Nothing to do.'],
  'objective-not-covered': [
    'warning',
    'If a library or another program prints it, set katib-push.io/capture: container; else print it in the script.',
  ],
  'metric-left-behind': [
    'warning',
    'Have all output read: katib-push.io/capture: container; or let "katib-push: ignore <reason>" say that it holds no metric.',
  ],
  'nothing-to-rewrite': [
    'info',
    'If a library or another program prints the metric, set katib-push.io/capture: container; else print it in the script.',
  ],
  'metric-not-covered': [
    'warning',
    'If a library or another program prints it, set katib-push.io/capture: container; else print it in the script.',
  ],
  'formats-inferred': ['info', 'Nothing to do; written into the manifest, it need not be inferred.'],
  'needs-module': ['info', 'Install the client in the image, or take another delivery.'],
  'retries-add-rows': ['info', 'Set backoffLimit: 0, so that a trial that fails has failed.'],
  'sidecar-collects-more': [
    'warning',
    'Let the output pass: take the redirection away, or end the command with: | tee FILE.',
  ],
  'sidecar-collects-less': ['info', 'Nothing to do: with a push, all that the container writes counts.'],
} as const satisfies Catalogue;
