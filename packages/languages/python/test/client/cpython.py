"""What CPython makes of pairs of texts, the second one without comments and docstrings: JSON in, JSON out."""
import ast
import io
import json
import sys
import tokenize

DEFINITIONS = (ast.Module, ast.ClassDef, ast.FunctionDef, ast.AsyncFunctionDef)


def tree(text):
    """The tree without docstrings; `pass` is what an empty body has."""
    root = ast.parse(text)
    for node in ast.walk(root):
        if isinstance(node, DEFINITIONS):
            while node.body and is_text(node.body[0]):
                del node.body[0]
            if not node.body and not isinstance(node, ast.Module):
                node.body = [ast.Pass()]
    return ast.dump(root)


def is_text(node):
    return isinstance(node, ast.Expr) and isinstance(node.value, ast.Constant) and isinstance(node.value.value, str)


def comments(text):
    tokens = tokenize.generate_tokens(io.StringIO(text).readline)
    return [token.string for token in tokens if token.type == tokenize.COMMENT]


def compare(before, after):
    try:
        return {'same': tree(before) == tree(after), 'comments': comments(after), 'before': comments(before)}
    except (SyntaxError, tokenize.TokenError) as error:
        return {'error': str(error)}


json.dump([compare(*pair) for pair in json.load(sys.stdin)], sys.stdout)
