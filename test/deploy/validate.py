"""Validates manifests against the schemas of Kubernetes: strictly, so that unknown fields are errors too.

Reads JSON from standard input, {"versions": ["1.30", ...], "manifests": [...]}, and writes a list of
[version, kind/name, path, message] to standard output.
"""
import functools
import json
import sys

import kubernetes_validate
from kubernetes_validate import utils

# The schemas of one version are 2 MB: read them once.
utils.schema_contents = functools.lru_cache(maxsize=None)(utils.schema_contents)

given = json.load(sys.stdin)
problems = []
for version in given["versions"]:
    for manifest in given["manifests"]:
        name = "%s/%s" % (manifest.get("kind"), manifest.get("metadata", {}).get("name"))
        try:
            kubernetes_validate.validate(manifest, version, strict=True)
        except kubernetes_validate.ValidationError as error:
            problems.append([version, name, "/".join(str(step) for step in error.path), error.message[:300]])
        except kubernetes_validate.SchemaNotFoundError as error:
            problems.append([version, name, "", error.message])
json.dump(problems, sys.stdout)
