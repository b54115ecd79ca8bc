"""Which process of a distributed training this is."""
from .imports import literal


def is_wanted_rank(env):
	"""Whether this process pushes; one without a rank does."""
	wanted = env('KATIB_PUSH_RANK', '')
	return not wanted.isdigit() or rank_of(env) in (None, int(wanted))


def rank_of(env):
	"""This process' rank among those of a distributed training; None where it has none."""
	for name in 'RANK', 'OMPI_COMM_WORLD_RANK', 'TF_CONFIG', 'LOCAL_RANK':
		try:
			return tensorflow_rank(literal(env(name))) if name == 'TF_CONFIG' else int(env(name))
		except Exception:  # not given, or damaged
			pass


def tensorflow_rank(config):
	"""The chief or master is 0, workers come behind it; others have none that pushes."""
	kind, chiefs = config['task']['type'], {'chief', 'master'}
	if kind == 'worker':
		has_chief = bool(chiefs & set(config['cluster']))
		return int(config['task']['index']) + has_chief
	return 0 if kind in chiefs else -1
