// Prints the results of a SARIF log as workflow commands, which GitHub shows at their lines: `annotate.mjs FILE`.
// Source: GitHub, "Workflow commands for GitHub Actions".
import { readFileSync } from 'node:fs';

const commands = { error: 'error', warning: 'warning', note: 'notice' };

const escapeText = (text) => text.replaceAll('%', '%25').replaceAll('\r', '%0D').replaceAll('\n', '%0A');
const escapeProperty = (text) => escapeText(text).replaceAll(':', '%3A').replaceAll(',', '%2C');

const { runs } = JSON.parse(readFileSync(process.argv[2], 'utf8'));
for (const { level, ruleId, message, locations } of runs.flatMap((run) => run.results)) {
  const place = locations?.[0]?.physicalLocation;
  const properties = {
    ...(place ? { file: decodeURI(place.artifactLocation.uri) } : {}),
    ...(place?.region ? { line: place.region.startLine, col: place.region.startColumn } : {}),
    title: `katib-push: ${ruleId}`,
  };
  const written = Object.entries(properties).map(([name, value]) => `${name}=${escapeProperty(String(value))}`);
  console.log(`::${commands[level]} ${written.join(',')}::${escapeText(message.text)}`);
}
