"""Early stopping rules, as Katib's collector tests them."""
from .values import is_go_float


class Rules:
	"""A rule that is met goes; the trial is to be stopped when none is left."""

	def __init__(self, rules, objective):
		self.rules, self.count = list(rules), len(rules)
		# How many values a metric's rules wait for: one number for all rules of a metric, that of the last.
		self.steps = dict((rule['name'], int(rule['startStep'])) for rule in rules if int(rule.get('startStep') or 0))
		self.objective, self.kind, self.best = objective['name'], objective.get('type'), None
		self.last_met = None

	def test(self, values):
		"""Numbers by name, which were reported together. Each rule is tested once."""
		for index in range(self.count):
			rule = self.rules[index]
			if rule and rule['name'] in values and self.is_met(rule, values[rule['name']]):
				self.last_met = rule
				# The last rule takes its place, where it is not tested with these values.
				self.count -= 1
				self.rules[index], self.rules[self.count] = self.rules[self.count], None

	def is_met(self, rule, number):
		name, limit = rule['name'], as_float(rule['value'])
		if name == self.objective:
			number = self.best = self.better(number)
		if name in self.steps:
			self.steps[name] -= 1
			if self.steps[name]:
				return False  # a rule is tested at exactly that step, and never again
		if limit is None:
			return False
		less, equal, greater = number < limit, number == limit, number > limit
		return {'less': less, 'equal': equal, 'greater': greater}.get(rule['comparison'], False)

	def better(self, number):
		best, kind = self.best, self.kind
		if best is None or kind == 'minimize' and number < best or kind == 'maximize' and number > best:
			return number
		return best


def as_float(text):
	"""What Go parses as a float, blanks around it; None for all else."""
	return float(text) if text is not None and is_go_float(text.strip()) else None


def watch_rules(reporter, config, wake_loop):
	"""Lets the reporter read up to the line that meets the last rule, and stop there.

	The values of a line of JSON are tested together, those of a line of text one by one.
	"""
	rules, read, wanted = Rules(config['rules'], config['objective']), reporter.read, config['metrics']
	is_json = config['file'].get('format') == 'JSON'

	def watched(text):
		if not rules.count:
			return []
		pairs = read(text)
		numbers = [(name, as_float(value)) for name, value in pairs if as_float(value) is not None]
		for values in [dict(numbers)] if is_json else [dict([number]) for number in numbers]:
			rules.test(values)
		if not rules.count:
			reporter.stopped = 'its rule %(name)s %(comparison)s %(value)s is met' % rules.last_met
			wake_loop()
		return [(name, value) for name, value in pairs if name in wanted]
	reporter.read = watched
