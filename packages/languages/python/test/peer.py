"""What CPython makes of the scripts of the tests: one process, JSON in, JSON out."""

import ast
import contextlib
import io
import json
import logging
import re
import sys
import warnings

CLIENT = re.compile(r'_katib_push(_\d+)?$')


class Strip(ast.NodeTransformer):
    """Takes the client's calls and the prelude out of a tree."""

    def visit_Call(self, node):
        self.generic_visit(node)
        if isinstance(node.func, ast.Name) and CLIENT.match(node.func.id):
            return node.args[0]
        return node

    def visit_Module(self, node):
        body = []
        skip = False
        for statement in node.body:
            if skip:
                skip = False
                continue
            if isinstance(statement, ast.Assign) and isinstance(statement.targets[0], ast.Name):
                if CLIENT.match(statement.targets[0].id) and isinstance(statement.value, ast.Lambda):
                    skip = True
                    continue
            body.append(statement)
        node.body = body
        self.generic_visit(node)
        return node


def run(script):
    out = io.StringIO()
    names = {'__name__': '__main__'}
    logging.root.handlers[:] = []  # they hold on to the last script's stderr
    with contextlib.redirect_stdout(out), contextlib.redirect_stderr(out):
        try:
            exec(compile(script, 'script.py', 'exec', dont_inherit=True), names)
        except BaseException as error:
            return {'output': out.getvalue(), 'error': '%s: %s' % (type(error).__name__, error)}
    return {'output': out.getvalue()}


def lines(tree):
    return [(type(node).__name__, node.lineno) for node in ast.walk(tree) if hasattr(node, 'lineno')]


def compare(before, after):
    try:
        old = ast.parse(before)
        new = Strip().visit(ast.parse(after))
    except (SyntaxError, ValueError) as error:
        return {'sameTree': False, 'sameLines': False, 'sameDoc': False, 'error': str(error)}
    return {
        'sameTree': ast.dump(old) == ast.dump(new),
        'sameLines': lines(old) == lines(new),
        'sameDoc': ast.get_docstring(old, False) == ast.get_docstring(ast.parse(after), False),
    }


def compiles(text, flags=0):
    try:
        with warnings.catch_warnings():
            warnings.simplefilter('ignore')
            compile(text + '\n', 'script.py', 'exec', flags, dont_inherit=True)
    except (SyntaxError, ValueError):
        return False
    return True


def parses(text):
    return compiles(text, ast.PyCF_ONLY_AST)


data = json.load(sys.stdin)
answers = {'run': run, 'compare': lambda pair: compare(*pair), 'compile': compiles, 'parse': parses}
json.dump([answers[sys.argv[1]](each) for each in data], sys.stdout)
