/**
 * The kubelet's expansion of `$(NAME)` in a container's command, args and env values: `$$` gives `$`, a name without
 * a value and a `$` before anything else stay as they are.
 *
 * Follows `third_party/forked/golang/expansion` of Kubernetes.
 */
export function expandVariables(text: string, values: ReadonlyMap<string, string>): string {
  //   $$        $(…)          one pass from left to right, so that $$(A) gives $(A)
  return text.replace(/\$(?:\$|\(([^)]*)\))/g, (whole, name: string | undefined) => {
    return name === undefined ? '$' : (values.get(name) ?? whole);
  });
}
