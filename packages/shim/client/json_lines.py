"""A File collector's JSON format: a JSON object in each line, whose values count where they are strings."""
from .sender import NEVER


VOID = "Katib's collector reads nothing of a file with a bad line: %s in the line %.200s"


def json_reader(names, reporter):
	"""A function that reads a line: pairs of name and value. A bad one voids all that the reporter holds."""
	import json

	def number(text):
		value = float(text)
		if abs(value) == NEVER:
			raise ValueError('the number %s is out of range' % text)
		return value

	def constant(text):
		raise ValueError('%s is no JSON' % text)

	def read(text):
		try:
			values = json.loads(text or 'null', parse_int=number, parse_float=number, parse_constant=constant)
			if values is None:
				return []
			if not isinstance(values, dict):
				raise ValueError('no object')
		except ValueError as e:
			reporter.voided = reporter.voided or VOID % (e, text)
			return []
		return [(name, values[name]) for name in names if isinstance(values.get(name), type(u''))]
	return read
