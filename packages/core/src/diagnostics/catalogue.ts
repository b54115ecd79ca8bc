export type Severity = 'error' | 'warning' | 'info';

/** Every diagnostic: its severity and the hint that goes with it unless the place gives a better one. */
export const catalogue = {
  // What was given
  'not-yaml': ['error', 'Correct the YAML at the place shown.'],
  'not-an-experiment': ['error', 'Give an object with apiVersion kubeflow.org/v1beta1 and kind Experiment.'],
  'file-not-readable': ['error', 'Check the path and its permissions.'],
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
  'invalid-filter': [
    'error',
    'Correct the expression (Go RE2 syntax): the collector crashes at the first line that holds the name of a metric.',
  ],
  'filter-not-portable': [
    'warning',
    "Rewrite the part that is named: push clients read filters with their language's own library.",
  ],
  'filter-needs-two-groups': ['warning', 'Give the filter two groups: the name and the value.'],
  'filter-doubles-backslashes': [
    'warning',
    'Write each "\\\\" as "\\": only YAML in double quotes takes one of them away.',
  ],
  'filter-holds-semicolon': ['warning', 'Write the filter without ";": Katib splits filters there.'],
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
  // What was found
  'syntax-error': ['warning', 'Correct the script; it would fail in the trial too.'],
  'old-syntax': ['warning', 'Port the script to a current version of its language.'],
  binary: ['warning', 'Nothing to do: the text is not a script.'],
  'shell-syntax-error': ['warning', 'Correct the shell text; it would fail in the trial too.'],
  'script-in-image': [
    'info',
    'Have its output read where it runs: the annotation katib-push.io/capture: container.',
  ],
  'unknown-command': [
    'info',
    'Nothing to do if it prints no metric; else katib-push.io/capture: container reads its output, too.',
  ],
  'not-followed': [
    'warning',
    'Call the interpreter directly, or have the output read where it runs: katib-push.io/capture: container.',
  ],
  'read-only': [
    'warning',
    'Hand the script over in a heredoc with a quoted delimiter, or set katib-push.io/capture: container.',
  ],
  'output-elsewhere': ['info', 'Nothing to do: Katib would not read this output either.'],
  'output-filtered': [
    'warning',
    'Take the command behind the pipe away, or have what comes out of it read: katib-push.io/capture: container.',
  ],
  'no-place-for-prelude': [
    'warning',
    'Add a blank line at the top of the script, or set katib-push.io/capture: container.',
  ],
  'unused-suppression': ['warning', 'Remove the comment: no output statement is there.'],
  'unreadable-output': [
    'info',
    'Print metrics with print or logging, or have all output read: katib-push.io/capture: container.',
  ],
  'stream-gets-away': [
    'info',
    'Nothing to do where every line is read; else print through the stream itself.',
  ],
  'no-client': [
    'info',
    'If the image has a Python, have the output read where it runs: katib-push.io/capture: container.',
  ],
  'line-numbers-moved': [
    'info',
    'Add a blank or comment line at the top of the script to keep line numbers.',
  ],
  'not-rewritable': [
    'warning',
    'Print the metric outside of that, or have all output read: katib-push.io/capture: container.',
  ],
  'verification-failed': ['error', 'Please report this with the script; it was left untouched.'],
  // Why an Experiment stays as it is
  disabled: ['info', 'Remove the annotation katib-push.io/rewrite: disabled to have it rewritten.'],
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
  'metric-not-read': ['warning', 'Take what katib-push dry-run proposes for it.'],
  'formats-inferred': ['info', 'Nothing to do; written into the manifest, it need not be inferred.'],
  'needs-module': ['info', 'Install the client in the image, or take another delivery.'],
  'retries-add-rows': ['info', 'Set backoffLimit: 0, so that a trial that fails has failed.'],
  'goes-to-tracker': ['info', 'Print the metric as well: what a tracker is given, Katib never sees.'],
  'library-prints': [
    'info',
    "Have the container's output read where it runs: katib-push.io/capture: container.",
  ],
  'wrapper-not-seen': [
    'info',
    "Have the container's output read where it runs: katib-push.io/capture: container.",
  ],
  'sidecar-collects-less': ['info', 'Nothing to do: with a push, all that the container writes counts.'],
} as const satisfies Record<string, readonly [Severity, string]>;
