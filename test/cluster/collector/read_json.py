"""Reads files of JSON as the shim does: `python read_json.py FOLDER`, the folder above the shim's parts.

A line of standard input is {"names": [...], "outputs": [base64, ...]}; the answer to it a list, for each output the rows as
`name=value`, or null where nothing of the file counts.
"""
import base64
import json
import re
import sys
import types

sys.path.insert(0, sys.argv[1])
from client.follow import follow_file
from client.json_lines import json_reader


def read_file(names, output):
    rows, reporter = [], types.SimpleNamespace(voided='')
    read = json_reader(names, reporter)
    lines = follow_file('', True, names, lambda found: rows.extend(row for line in found for row in read(line))).lines
    lines.feed(output)
    lines.close()
    # half of a pair, for which Go has U+FFFD, is in no number, and so in nothing that is pushed
    return None if reporter.voided else [re.sub('[\ud800-\udfff]', '\ufffd', '%s=%s' % row) for row in rows]


for line in sys.stdin:
    asked = json.loads(line)
    print(json.dumps([read_file(asked['names'], base64.b64decode(each)) for each in asked['outputs']]), flush=True)
