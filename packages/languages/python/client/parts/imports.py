"""What takes no import: JSON as a Python literal."""


def literal(text):
	return eval(text, {'__builtins__': {}, 'null': None, 'true': True, 'false': False})
