"""Whether the objective was found; what came closest to it where it was not."""
from .say import say
from .values import is_go_float

LONGEST_QUOTE = 200  # characters


class Objective:
	def __init__(self, name):
		self.name, self.found, self.nearest = name, False, ''
		self.sources = []  # Lines, in whose last ones to look

	def watch(self, read):
		"""Reads as `read` does."""
		def watched(text):
			pairs = read(text)
			if not self.found:
				self.nearest = text if self.name in text else self.nearest
				self.found = any(name == self.name and value is not None and is_go_float(value) for name, value in pairs)
			return pairs
		return watched

	def say_nearest(self):
		"""A line that holds the name, else one of the last that holds it in other letters, else the last one."""
		latest = b'\n'.join(lines.latest for lines in self.sources).decode('utf-8', 'replace')
		lines = [line for line in latest.split('\n') if line.strip()]
		alike = [line for line in lines if self.name.lower() in line.lower()]
		line = (self.nearest or (alike or lines or ['(none)'])[-1]).strip()
		say('no value of the objective %s was found. The nearest line: %s (katib-push explain --log FILE -m %s proposes a '
			'metricsFormat)', self.name, line[:LONGEST_QUOTE], self.name)
