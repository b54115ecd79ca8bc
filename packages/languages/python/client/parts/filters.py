"""Katib's default filter, read without `re`, in linear time."""
from .values import NO_NUMBER, SPACE, WORD, read_number

NAME_CHARACTERS = frozenset(WORD + '-|')


def default_filter(names, mend):
	r"""A function that reads `([\w|-]+)\s*=\s*(number)` in a line: pairs of name and value.

	`mend(name, value, text, end)` gives what is pushed in place of a value that is no number and ends at `end`.
	"""
	names = set(name for name in names if NAME_CHARACTERS.issuperset(name))

	def read(text):
		found, low, at = [], 0, text.find('=')
		while at >= 0:
			head = text[low:at].rstrip(SPACE)
			low = at + 1
			if head and head[-1] in NAME_CHARACTERS:
				value, low = read_number(text, low)
				for name in names:
					start = len(head) - len(name)
					if head.endswith(name) and (start == 0 or head[start - 1] not in NAME_CHARACTERS):
						found.append((name, mend(name, value, text, low) if value in NO_NUMBER else value))
			at = text.find('=', low)
		return found
	return read
