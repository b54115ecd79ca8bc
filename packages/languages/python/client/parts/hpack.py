"""Header blocks of HTTP/2 answers (RFC 7541)."""

# Lengths of the codes of NUL and of all visible characters, in RFC 7541, appendix B: A stands for 5 bits, B for 6, ...
# No other character may be in a field, and the codes of these do not depend on those of others.
CODE_LENGTHS = 'IBFFHIBDGFFDGDBBBAAABBBBBBBCDKBHFIBCCCCCCCCCCCCCCCCCCCCCCDCDIOIJBKABABABBBACCBBBABCBAABCCCCCKGJI'
STATIC_TABLE = 61  # entries; there is no other: SETTINGS asked for none

codes = {}  # Huffman's, as bits; made when the first is read


def make_codes():
	"""The code is canonical: lengths tell all."""
	code, last = 0, 0
	for size, at in sorted((ord(letter) - ord('A') + 5, at) for at, letter in enumerate(CODE_LENGTHS)):
		code, last = code << size - last, size
		codes[format(code, '0%db' % size)] = chr(at and at + 31)
		code += 1


def huffman(data):
	"""What is left at the end is padding."""
	if not codes:
		make_codes()
	text = bits = ''
	for bit in ''.join(format(byte, '08b') for byte in data):
		bits += bit
		if bits in codes:
			text, bits = text + codes[bits], ''
	return text


def headers(block):
	"""Decodes a header block. Names of the static table come out as their numbers: they do not matter."""
	data, found = iter(bytearray(block)), {}

	def integer(first, limit):
		value, shift = first & limit, 0
		more = value == limit
		while more:
			byte = next(data)
			value, shift, more = value + ((byte & 127) << shift), shift + 7, byte > 127
		return value

	def text():
		first = next(data)
		part = bytearray([next(data) for _ in range(integer(first, 127))])
		return huffman(part) if first & 128 else part.decode('latin-1')

	for byte in data:
		if byte & 224 == 32:  # a new table size
			integer(byte, 31)
			continue
		indexed, kept = byte & 128, byte & 64
		index = integer(byte, 127 if indexed else 63 if kept else 15)
		if index > STATIC_TABLE:
			raise OSError('no such header')
		name = index or text()
		found[name] = '' if indexed else text()
	return found
