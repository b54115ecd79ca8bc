/** Characters that all warnings of a request have at most; past them, each is cut. Source: Kubernetes, `warning.go`. */
const most = 4_096;
const longest = 256;

/** Warnings as the client gets them, and what is wrong with them as Kubernetes asks for them. */
export function receiveWarnings(warnings: readonly string[]): {
  readonly shown: readonly string[];
  readonly faults: readonly string[];
} {
  const total = warnings.reduce((sum, warning) => sum + Buffer.byteLength(warning), 0);
  const faults = warnings.flatMap((warning) => [
    ...(/[\p{Cc}\u2028\u2029]/u.test(warning) ? [`control characters in ${JSON.stringify(warning)}`] : []),
    ...(/^warning:/i.test(warning) ? [`a prefix of its own: ${warning}`] : []),
    ...([...warning].length > longest ? [`${warning.length} characters: ${warning}`] : []),
    ...(warning.isWellFormed() ? [] : [`half a surrogate pair in ${JSON.stringify(warning)}`]),
  ]);
  if (total > most) faults.push(`${total} bytes of warnings`);
  const shown = total > most ? warnings.map((warning) => warning.slice(0, longest)) : warnings;
  return { shown, faults };
}
