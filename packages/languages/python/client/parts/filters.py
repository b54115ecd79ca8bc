"""Katib's default filter, read without `re`, in linear time."""
from .values import DIGITS, NO_NUMBER, SPACE, WORD

NAME_CHARACTERS = WORD + '-|'


def default_filter(names, mend):
	r"""A function that reads `([\w|-]+)\s*=\s*(number)` in a line: pairs of name and value.

	`mend(name, value, text, end)` gives what is pushed in place of a value that is no number and ends at `end`.
	"""
	def read(text):
		found, begin, head = [], 0, ''  # of a piece, and what stands in front of the `=` before it
		for piece in text.split('='):
			name, size = head[len(head.rstrip(NAME_CHARACTERS)):], 0
			if name:
				value, size = read_number(piece)
				if name in names:
					found.append((name, mend(name, value, text, begin + size) if value in NO_NUMBER else value))
			begin += len(piece) + 1
			head = piece[size:].rstrip(SPACE)
		return found
	return read


def read_number(text):
	r"""What `\s*([+-]?\d*(\.\d+)?([Ee][+-]?\d+)?)` matches where the text begins: its group and its end."""
	number = text.lstrip(SPACE)
	rest = (number[1:] if number[:1] in ('+', '-') else number).lstrip(DIGITS)
	if rest[:1] == '.' and '0' <= rest[1:2] <= '9':
		rest = rest[1:].lstrip(DIGITS)
	if rest[:1] in ('e', 'E'):
		exponent = rest[2:] if rest[1:2] in ('+', '-') else rest[1:]
		if '0' <= exponent[:1] <= '9':
			rest = exponent.lstrip(DIGITS)
	return number[:len(number) - len(rest)], len(text) - len(rest)
