"""Wraps the callee of every print of a metric, by LibCST: `python wrap_prints.py [ROUNDS] < SCRIPT`.

`print(…)` becomes `_katib_push(print)(…)` where a literal of its positional arguments holds a wanted name and `=`.
Prints the new script; with ROUNDS, reads a JSON list of scripts and prints the milliseconds that so many rounds of
parsing, wrapping and printing them take.
"""
import json
import re
import sys
import time

import libcst
from libcst import matchers

METRIC = re.compile(r'\b(accuracy|loss)\s*=')
LITERAL = matchers.SimpleString() | matchers.FormattedStringText()


class WrapPrints(libcst.CSTTransformer):
    def leave_Call(self, original_node, updated_node):
        if not matchers.matches(original_node.func, matchers.Name('print')):
            return updated_node
        literals = [
            literal.value
            for argument in original_node.args
            if argument.keyword is None
            for literal in matchers.findall(argument, LITERAL)
        ]
        if not any(METRIC.search(literal) for literal in literals):
            return updated_node
        wrapped = libcst.Call(libcst.Name('_katib_push'), [libcst.Arg(updated_node.func)])
        return updated_node.with_changes(func=wrapped)


def wrap(source):
    return libcst.parse_module(source).visit(WrapPrints()).code


given = sys.stdin.read()
if len(sys.argv) > 1:
    scripts = json.loads(given)
    start = time.perf_counter()
    for _ in range(int(sys.argv[1])):
        for script in scripts:
            wrap(script)
    print((time.perf_counter() - start) * 1000)
else:
    sys.stdout.write(wrap(given))
