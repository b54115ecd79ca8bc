import type { Severity } from './diagnostic.ts';

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
    'Put command and args into the container: a script in the image can not be rewritten.',
  ],
  'invalid-filter': [
    'error',
    'Correct the expression (Go RE2 syntax): the collector crashes at the first line that holds the name of a metric.',
  ],
  'filter-not-portable': ['warning', 'Write the filter without nested repetition and Unicode classes.'],
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
  'internal-error': ['error', 'Please report this with the Experiment; nothing was changed.'],
  // What was found
  'syntax-error': ['warning', 'Correct the script; it would fail in the trial too.'],
  'old-syntax': ['warning', 'Port the script to a current version of its language.'],
  binary: ['warning', 'Nothing to do: the text is not a script.'],
  'shell-syntax-error': ['warning', 'Correct the shell text, or move the program into a file of its own.'],
  'script-in-image': [
    'info',
    'Put the script into the args, or set the collector to Push and call report_metrics in it.',
  ],
  'unknown-command': ['info', 'Nothing to do if it prints no metric.'],
  'not-followed': ['warning', 'Call the interpreter directly, so that the program can be found.'],
  'read-only': [
    'warning',
    'Quote the script in another way, for example as a heredoc with a quoted delimiter.',
  ],
  'output-elsewhere': ['info', 'Nothing to do: Katib would not read this output either.'],
  'output-filtered': [
    'warning',
    "Write metrics to the container's output directly, not through another command.",
  ],
  'no-place-for-prelude': ['warning', 'Add a blank line at the top of the script.'],
  'unused-suppression': ['warning', 'Remove the comment: no output statement is there.'],
  'unreadable-output': ['info', 'Print metrics with print or logging.'],
  'stream-gets-away': [
    'info',
    'Nothing to do where every line is read; else print through the stream itself.',
  ],
  'no-client': ['info', 'Statements in this language are reported, not rewritten.'],
  'image-needs': [
    'warning',
    'Check the image; without it the trial runs as before and pushes nothing from there.',
  ],
  'line-numbers-moved': [
    'info',
    'Add a blank or comment line at the top of the script to keep line numbers.',
  ],
  'not-rewritable': ['warning', 'Print the metric in another way, or suppress the statement.'],
  'verification-failed': ['error', 'Please report this with the script; it was left untouched.'],
  // Why an Experiment stays as it is
  disabled: ['info', 'Remove the annotation katib-push.io/rewrite: disabled to have it rewritten.'],
  'not-enabled': ['info', 'Set the collector to Push, or the annotation katib-push.io/rewrite: enabled.'],
  'other-collector': [
    'warning',
    'Only trials that print their metrics (StdOut) or push them can be rewritten.',
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
    'Print the objective metric in the script so that the filter finds it.',
  ],
  'metric-left-behind': [
    'warning',
    'Make the statement rewritable, or suppress it with "katib-push: ignore <reason>".',
  ],
  'nothing-to-rewrite': ['info', "No output statement was found in the container's args."],
  'metric-not-covered': ['warning', 'Print the metric in the script so that the filter finds it.'],
  'metric-not-read': ['warning', 'Take what katib-push dry-run proposes for it.'],
  'goes-to-tracker': ['info', 'Print the metric as well: what a tracker is given, Katib never sees.'],
  'library-prints': [
    'info',
    "Have the container's output read where it runs: katib-push.io/capture: container.",
  ],
  'wrapper-not-seen': [
    'info',
    "Have the container's output read where it runs: katib-push.io/capture: container.",
  ],
  'sidecar-collects-less': ['info', 'With the push the whole output counts.'],
} as const satisfies Record<string, readonly [Severity, string]>;
