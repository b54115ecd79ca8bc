"""Reads files of JSON with the shim's own code.

A line of standard input is {"names": [...], "outputs": [base64, ...]}; the answer to it a list, for each output the rows as
`name=value`, or null where nothing of the file counts.
"""
import base64
import json
import re
import sys
import types

from shim_code import shim


def read_file(names, output):
    rows, reporter = [], types.SimpleNamespace(voided='')
    read = shim['json_reader'](names, reporter)
    lines = shim['follow_file']('', True, names, lambda found: rows.extend(row for line in found for row in read(line))).lines
    lines.feed(output)
    lines.close()
    # half of a pair, for which Go has U+FFFD, is in no number, and so in nothing that is pushed
    return None if reporter.voided else [re.sub('[\ud800-\udfff]', '\ufffd', '%s=%s' % row) for row in rows]


for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps([read_file(asked['names'], base64.b64decode(each)) for each in asked['outputs']]), flush=True)
