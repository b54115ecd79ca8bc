"""`output: drop`."""


def dropping(inner, is_marked):
	"""A stream's write that takes what wrapped calls write, and writes it nowhere."""
	def write(*args, **named):
		if args and isinstance(args[0], str) and is_marked():
			return len(args[0])
		return inner(*args, **named)
	return write
