"""Whether this pod is the primary one: the others of its template run the words at once."""
from .environment import POD_LABEL, read_config, setting

LABELS = 'KATIB_PUSH_POD_LABELS'
INDEX_LABEL = 'job-completion-index'  # Kubernetes gives the index in a variable, too


def is_primary():
	"""The labels by which Katib knows the primary pod, and their values here, in the order of the JSON."""
	text = setting(LABELS)
	if not text:
		return True
	labels = read_config(LABELS)
	names = sorted(labels, key=lambda name: text.find('"%s":' % name))
	return all(value_here(name, number) == labels[name] for number, name in enumerate(names))


def value_here(name, number):
	value = setting('%s%d' % (POD_LABEL.decode(), number))
	if value is None and name.endswith(INDEX_LABEL):
		value = setting('JOB_COMPLETION_INDEX')
	return value
