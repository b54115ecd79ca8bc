"""A File collector's JSON format: a JSON object in each line, whose values count where they are strings."""
from .lines import Lines

JSON = 'JSON'
INFINITY = float('inf')


class EveryLine(Lines):
	"""All lines but empty ones, whatever they hold, and however long."""

	def __init__(self, found):
		Lines.__init__(self, [], found)

	def is_too_long(self):
		return False

	def search(self, data):
		self.found([line.decode('utf-8', 'replace') for line in data.split(b'\n') if line])


def json_reader(names, void):
	"""A function that reads a line: pairs of name and value. `void` is called with what is wrong with a bad one."""
	import json

	def number(text):
		value = float(text)
		if value in (INFINITY, -INFINITY):
			raise ValueError('the number %s is out of range' % text)
		return value

	def constant(text):
		raise ValueError('%s is no JSON' % text)

	def read(text):
		try:
			values = json.loads(text, parse_int=number, parse_float=number, parse_constant=constant)
			if values is None:
				return []
			if not isinstance(values, dict):
				raise ValueError('no object')
		except ValueError as e:
			void('%s in the line %.200s' % (e, text))
			return []
		return [(name, values[name]) for name in names if isinstance(values.get(name), type(u''))]
	return read
