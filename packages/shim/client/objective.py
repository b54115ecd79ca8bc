"""What is said of a success without a value of the objective."""
from .say import say

LONGEST_QUOTE = 200  # characters


def say_nearest(objective, nearest, sources):
	"""Quotes a line that holds the name, else one of the last that holds it in other letters, else the last one."""
	latest = b'\n'.join(lines.latest for lines in sources).decode('utf-8', 'replace')
	lines = [line for line in latest.split('\n') if line.strip()]
	alike = [line for line in lines if objective.lower() in line.lower()]
	line = (nearest or (alike or lines or ['(none)'])[-1]).strip()
	say('no value of the objective %s was found. The nearest line: %s (katib-push explain --log FILE -m %s proposes a '
		'metricsFormat)', objective, line[:LONGEST_QUOTE], objective)
