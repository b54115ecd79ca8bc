import type { FormatReport, Rewritten } from '@katib-push/core';
import type { Analysis } from '../analyse-scripts.ts';
import type { Attempt } from '../decide/decide-way.ts';
import { type Diagnostic, diagnose } from '../diagnostics/diagnose.ts';
import type { PrimaryContainer } from '../locate/locate-container.ts';
import { findIdle } from '../policy/find-misnamed.ts';
import { noteForced } from '../policy/note-forced.ts';
import { noteUncovered } from '../policy/note-uncovered.ts';
import type { Settings } from '../policy/settings.ts';

/** What people should know of scripts that are rewritten, beyond what the report says of each. */
export function noteSource(
  kind: Attempt['kind'],
  { work, rewritten, report }: Analysis,
): readonly Diagnostic[] {
  const { experiment, settings, template, formats } = work;
  return [
    ...findIdle(experiment, 'source'),
    ...noteForced(kind, experiment, settings, rewritten),
    ...notePods(template.container, settings),
    ...noteModule(rewritten, template.container),
    ...noteInferred(formats),
    ...noteUncovered(report, 'source'),
  ];
}

function notePods(container: PrimaryContainer, settings: Settings): readonly Diagnostic[] {
  if (container.severalPods)
    return [
      diagnose(
        'several-pods',
        `The template makes ${container.replicas} pods: each of them pushes under the trial's name.`,
        { pointer: container.pointer },
      ),
    ];
  if (settings.legacyCollector && !container.podPath)
    return [
      diagnose('invalid-field', 'There are no pod labels to turn the injection off.', {
        pointer: container.pointer,
      }),
    ];
  return [];
}

/** What the image has to hold, by the languages of the scripts that load it from there. */
function noteModule({ scripts }: Rewritten, { pointer }: PrimaryContainer): readonly Diagnostic[] {
  const installs = scripts.flatMap(({ edits, delivery, program: { language } }) => {
    const isLoaded = edits.length > 0 && delivery.kind === 'image';
    return isLoaded && language.client ? [language.client.install] : [];
  });
  if (installs.length === 0) return [];
  const message =
    "The delivery is image: the script loads the push client as a module of the container's image.";
  const hint = `Install it there: ${[...new Set(installs)].join('; ')}.`;
  return [diagnose('needs-module', message, { pointer, hint })];
}

/** What the annotation `katib-push.io/formats: infer` came to. */
function noteInferred(formats: FormatReport | undefined): readonly Diagnostic[] {
  if (!formats) return [];
  const { metricsFormat = [], renames } = formats;
  const said = [
    ...metricsFormat.map((format) => `the filter ${format}`),
    ...renames.map(({ wanted, printed }) => `the name ${printed} for ${wanted}`),
  ];
  return [diagnose('formats-inferred', `Inferred from what the script prints: ${said.join(', ')}.`)];
}
