"""What is said of a success without a value of the objective."""
from .say import say


def say_nearest(objective, nearest, sources, file):
	"""Quotes a line that holds the name, else one of the last that holds it in other letters, else the last one."""
	latest = b'\n'.join(lines.latest for lines in sources).decode('utf-8', 'replace')
	lines = [line for line in latest.split('\n') if line.strip()]
	if not lines:
		where = 'written to %(path)s' % file if file else 'printed'
		say('no value of the objective %s was found: nothing was %s', objective, where)
		return
	alike = [line for line in lines if objective.lower() in line.lower()]
	line = nearest or (alike or lines)[-1]
	say('no value of the objective %s was found. The nearest line: %.200s (katib-push explain --log FILE -m "%s" proposes a '
		'metricsFormat)', objective, line.strip(), objective)
