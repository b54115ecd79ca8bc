"""Early stopping rules, as Katib's collector tests them."""
from .values import is_go_float


class Rules:
	"""A rule that is met goes; the trial is to be stopped when none is left."""

	def __init__(self, rules, objective, minimizes):
		self.left, self.last_met = list(rules), None
		# How many values a metric's rules wait for: one number for all rules of a metric, that of the last.
		self.steps = {rule['name']: rule['startStep'] for rule in rules if rule.get('startStep')}
		self.objective, self.better, self.best = objective, min if minimizes else max, None

	def test(self, values):
		"""Numbers by name, which were reported together. Each rule is tested once."""
		for index in range(len(self.left)):
			if index < len(self.left) and self.is_met(self.left[index], values):
				self.last_met = self.left[index]
				self.left[index] = self.left[-1]  # which is not tested with these values
				self.left.pop()

	def is_met(self, rule, values):
		name, limit = rule['name'], as_float(rule['value'])
		number = values.get(name)
		if number is None:
			return False
		if name == self.objective:
			number = self.best = number if self.best is None else self.better(self.best, number)
		if name in self.steps:
			self.steps[name] -= 1
			if self.steps[name]:
				return False  # a rule is tested at exactly that step, and never again
		if limit is None:
			return False
		return {'less': number < limit, 'equal': number == limit, 'greater': number > limit}.get(rule['comparison'])


def as_float(text):
	"""What Go parses as a float, blanks around it; None for all else."""
	return float(text) if text is not None and is_go_float(text.strip()) else None


def watch_rules(reporter, config, wake_loop):
	"""Lets the reporter read up to the line that meets the last rule, and stop there.

	The values of a line of JSON are tested together, those of a line of text one by one.
	"""
	read, wanted, is_json = reporter.read, config['metrics'], config['file'].get('format') == 'JSON'
	rules = Rules(config['rules'], wanted[0], config.get('objectiveType') == 'minimize')

	def watched(text):
		if not rules.left:
			return []
		pairs = read(text)
		numbers = [(name, as_float(value)) for name, value in pairs]
		for values in [numbers] if is_json else [[number] for number in numbers]:
			rules.test(dict(values))
		if not rules.left:
			reporter.stopped = 'its rule %(name)s %(comparison)s %(value)s is met' % rules.last_met
			wake_loop()
		return [(name, value) for name, value in pairs if name in wanted]
	reporter.read = watched
