"""Filters of the user's, as Python expressions that mean what the user's RE2 means."""
from .values import NO_NUMBER

PIECE = 4096  # characters that an expression reads at once
# What Go's TrimSpace takes.
WHITE_SPACE = (u'\t\n\x0b\x0c\r \x85\xa0\u1680\u2000\u2001\u2002\u2003\u2004\u2005\u2006\u2007\u2008\u2009\u200a'
			   u'\u2028\u2029\u202f\u205f\u3000')


def custom_filters(names, patterns, mend, compile_pattern):
	"""A function that reads a line: pairs of name and value. `compile_pattern` is that of `re`; `mend` as above.

	A line over PIECE characters is cut, at \\r and at that size.
	"""
	filters = [f for f in map(compile_pattern, patterns) if f.groups > 1]

	def pieces(text):
		if len(text) <= PIECE:
			return [text]
		cut = [line[at:at + PIECE] for line in text.split('\r') for at in range(0, len(line), PIECE)]
		return [piece for piece in cut if any(name in piece for name in names)]

	def read(text):
		found, parts = [], pieces(text)
		for each in filters:
			for part in parts:
				for match in each.finditer(part):
					name, value = [(group or '').strip(WHITE_SPACE) for group in match.group(1, 2)]
					if name in names:
						end = match.end()
						mendable = value in NO_NUMBER and match.end(2) == end
						found.append((name, mend(name, value, part, end) if mendable else value))
		return found
	return read
