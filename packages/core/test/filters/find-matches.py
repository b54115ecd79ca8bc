"""Applies each filter to its lines: JSON on stdin and stdout, positions in UTF-16 units, "" for a group that took no part."""

import json
import re
import sys


def utf16(text):
    return len(text.encode("utf-16-le")) // 2


def group(match, index):
    return (match.group(index) or "") if index <= match.re.groups else ""


def find(filter, line):
    return [
        [utf16(line[: m.start()]), utf16(line[: m.end()]), group(m, 1), group(m, 2)]
        for m in filter.finditer(line)
    ]


answers = []
for case in json.load(sys.stdin):
    filter = re.compile(case["portable"])
    answers.append([find(filter, line) for line in case["lines"]])
json.dump(answers, sys.stdout)
