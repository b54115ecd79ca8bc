"""Whether this pod is the primary one: the others of its template run the words at once."""
from .environment import POD_LABEL, read_config, setting

LABELS = 'KATIB_PUSH_POD_LABELS'
INDEX_LABEL = 'job-completion-index'  # Kubernetes gives the index in a variable, too


def is_primary():
	"""Whether the labels by which Katib knows the primary pod, pairs of name and value, have these values here."""
	for number, (name, value) in enumerate(read_config(LABELS)):
		here = setting('%s%d' % (POD_LABEL.decode(), number))
		if here is None and name.endswith(INDEX_LABEL):
			here = setting('JOB_COMPLETION_INDEX')
		if here != value:
			return False
	return True
