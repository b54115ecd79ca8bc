"""Reads streams with the shim's own code, as it would read what a command prints.

Takes JSON lines on stdin, {"config": …, "lines": […]}, and answers each with {"stop": a line's number, or null, "rows": [[name, value], …]}.
"""
import json
import os
import sys

sys.path.insert(0, os.path.join(os.path.dirname(__file__), '..'))
from shim_code import shim


def decide(config, lines):
    wanted, is_json = config['metrics'], config['file'].get('format') == 'JSON'
    names = wanted + sorted(set(rule['name'] for rule in config['rules']) - set(wanted))
    reporter = shim['make_reporter']('trial', config, names, is_json)
    shim['watch_rules'](reporter, config, is_json)
    rows, found = [], []
    stream = shim['follow_file']('', is_json, names, found.extend).lines
    for at, line in enumerate(lines):
        stream.feed(line.encode('utf-8') + b'\n')
        for text in found:
            rows += reporter.read(text)
        del found[:]
        if reporter.stopped:
            return {'stop': at, 'rows': rows}
    return {'stop': None, 'rows': rows}


for asked in sys.stdin:
    asked = json.loads(asked)
    print(json.dumps(decide(asked['config'], asked['lines'])))
