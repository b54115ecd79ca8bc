"""Early stopping rules, as Katib's collector tests them."""
from .values import is_go_float


def watch_rules(reporter, config, is_json):
	"""Lets the reporter read up to the line that meets the last rule, and stop there.

	A rule that is met goes. The values of a line of JSON are tested together, those of a line of text one by one.
	"""
	read, wanted, left = reporter.read, config['metrics'], list(config['rules'])
	# How many values a metric's rules wait for: one number for all rules of a metric, that of the last.
	steps = {rule['name']: rule['startStep'] for rule in left if rule.get('startStep')}
	best, better = {}, min if config.get('objectiveType') == 'minimize' else max  # of the objective

	def is_met(rule, values):
		name, limit = rule['name'], as_float(rule['value'])
		number = values.get(name)
		if number is None:
			return False
		if name == wanted[0]:
			number = best[name] = better(best.get(name, number), number)
		if name in steps:
			steps[name] -= 1
			if steps[name]:
				return False  # a rule is tested at exactly that step, and never again
		if limit is None:
			return False
		return {'less': number < limit, 'equal': number == limit, 'greater': number > limit}.get(rule['comparison'])

	def test(values):
		"""Numbers by name, which were reported together. Each rule is tested once."""
		for index in range(len(left)):
			if index < len(left) and is_met(left[index], values):
				met, left[index] = left[index], left[-1]  # which is not tested with these values
				left.pop()
				if not left:
					reporter.stopped = 'its rule %(name)s %(comparison)s %(value)s is met' % met

	def watched(text):
		if not left:
			return []
		pairs = read(text)
		numbers = [(name, as_float(value)) for name, value in pairs]
		for values in [numbers] if is_json else [[number] for number in numbers]:
			test(dict(values))
		return [(name, value) for name, value in pairs if name in wanted]
	reporter.read = watched


def as_float(text):
	"""What Go parses as a float, blanks around it; None for all else."""
	return float(text) if text is not None and is_go_float(text.strip()) else None
