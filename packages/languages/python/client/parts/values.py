"""What stands behind `=`: a number, NaN or an infinity, a number in brackets."""

SPACE = '\t\n\f\r '  # \s of RE2
DIGITS = '0123456789'  # \d
WORD = ''.join(c for c in map(chr, range(128)) if c.isalnum() or c == '_')  # \w
NO_NUMBER = ('', '+', '-')  # behind which a number is looked for
FLOAT_CHARACTERS = DIGITS + '+-.infatyeINFATYE'

# Whose round brackets hold a number; behind these there may be the number of their bits.
KINDS = 'tensor Tensor array Array DeviceArray float bfloat int uint'.split()
LONGEST_NOT_FINITE = len('-infinity') + 1  # with what follows


def not_finite(text):
	"""The length of the NaN or infinity that the text begins with, or 0."""
	start = text[:LONGEST_NOT_FINITE].lower()
	sign = 1 if start[:1] in ('+', '-') else 0
	for word in 'infinity', 'inf', 'nan':
		end = sign + len(word)
		if start[sign:end] == word and (text[end:end + 1] or ' ') not in WORD:
			return end
	return 0


def is_go_float(text):
	"""Whether Go's ParseFloat takes it, as Katib's controller calls it; NaN with a sign counts too."""
	if text.strip(FLOAT_CHARACTERS):
		return False
	try:
		number = float(text)
	except ValueError:
		return False
	return number - number == 0 or not_finite(text) == len(text)  # 1e999 is too large for Go


def bracketed(text):
	"""The number inside the brackets that the text begins with: `tensor([0.5], device='cuda:0')`; '' for all else."""
	closers = []
	while True:
		rest = text.lstrip(WORD + '.')
		kind = text[:len(text) - len(rest)]
		if rest[:1] not in ('(', '['):
			break
		if kind and (rest[0] == '[' or kind.split('.')[-1].strip(DIGITS + '_') not in KINDS):
			return ''
		closers.insert(0, ')' if rest[0] == '(' else ']')
		text = rest[1:].lstrip(SPACE)
	size = closers and (not_finite(text) or len(text) - len(text.lstrip(DIGITS + '+-.eE')))
	if not size:
		return ''
	value, rest = text[:size], text[size:]
	for closer in closers:
		rest = rest.lstrip(SPACE)
		if rest[:1] == ',':
			rest = rest[1:].lstrip(SPACE)
			if rest[:1] != '=' and rest.lstrip(WORD)[:1] == '=':
				break  # `dtype=float32`: nothing but keywords follows
		if rest[:1] != closer:
			return ''
		rest = rest[1:]
	return value
