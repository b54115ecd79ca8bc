export type Severity = 'error' | 'warning' | 'info';

/** Diagnostics by code: the severity, and the hint that goes with it unless the place gives a better one. */
export type Catalogue = Readonly<Record<string, readonly [Severity, string]>>;

/** What is said of filters and scripts. Those who build on core have catalogues of their own. */
export const scriptCatalogue = {
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
} as const satisfies Catalogue;
