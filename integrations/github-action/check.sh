#!/usr/bin/env bash
# Previews manifests with katib-push, and annotates their lines. What it is given: the variables of action.yml, and
# GITHUB_OUTPUT, RUNNER_TEMP. Its exit code is that of katib-push.
set -euo pipefail

mapfile -t patterns < <(grep -v '^[[:space:]]*$' <<<"$INPUT_PATHS")

# A shallow clone doesn't have the commit that is compared with; a new branch has none.
changed=false
if [[ -n "$BASE" && ! "$BASE" =~ ^0+$ ]]; then
  if git cat-file -e "$BASE^{commit}" 2>/dev/null || git fetch --quiet --depth=1 origin "$BASE"; then changed=true; fi
fi
if $changed; then
  mapfile -d '' -t files < <(git diff -z --name-only --diff-filter=ACMR "$BASE" HEAD -- "${patterns[@]}")
else
  mapfile -d '' -t files < <(git ls-files -z -- "${patterns[@]}")
fi

if [ "${#files[@]}" -eq 0 ]; then
  echo "katib-push: no manifest to look at"
  exit 0
fi
echo "katib-push: looks at ${#files[@]} of the manifests"

flags=(--allow-none -o sarif)
if [ "$REQUIRE_METRICS" = true ]; then flags+=(--require-metrics); fi
read -r -a more <<<"$INPUT_ARGUMENTS"
sarif="$RUNNER_TEMP/katib-push.sarif"

code=0
npx --yes "katib-push@$VERSION" dry-run "${flags[@]}" ${more[@]+"${more[@]}"} -f "${files[@]}" >"$sarif" || code=$?
if [ -s "$sarif" ]; then # empty where the command could not begin
  echo "sarif=$sarif" >>"$GITHUB_OUTPUT"
  node "$GITHUB_ACTION_PATH/annotate.mjs" "$sarif"
fi

# Without --require-metrics, 1 says that something would change: that is no failure.
if [ "$code" -eq 1 ] && [ "$REQUIRE_METRICS" != true ]; then code=0; fi
exit "$code"
