"""`KatibClient.tune`, with a choice of how metrics are collected."""
TYPE_CHECKING = False  # type checkers read it as true
if TYPE_CHECKING:
	from typing import Any


def tune(
	client: 'Any',
	name: str,
	*args: 'Any',
	metrics_collection_mechanism: str = 'pull',
	if_not_pushed: str = 'warn',
	**options: 'Any'
) -> 'Any':
	"""`KatibClient.tune`, with a choice of how the metrics that the objective prints are collected.

	Args:
		client: a `kubeflow.katib.KatibClient`.
		name: of the Experiment.
		metrics_collection_mechanism: `pull`: the SDK's own way, Katib scrapes what the objective prints. `push`: the
			collector is `Push` and the annotation `katib-push.io/rewrite: enabled` is set, so that katib-push, which
			has to run in the cluster, rewrites the objective when the Experiment is created: what it prints is pushed.
		if_not_pushed: with `push`, what to do where katib-push has not reviewed the Experiment, or has left it as it is:
			its trials would end without metrics. `warn`, or `raise` a RuntimeError. The Experiment is there already.
		*args, **options: those of `KatibClient.tune`.

	Returns:
		What `KatibClient.tune` returns.

	Raises:
		ValueError: another mechanism; `push` without an objective function, whose text alone can be rewritten; or
			`push` with a `metrics_collector_config` of another kind; or another `if_not_pushed`.
		RuntimeError: with `if_not_pushed='raise'`.
	"""
	if metrics_collection_mechanism not in ('pull', 'push'):
		raise ValueError(
			"metrics_collection_mechanism is %r; it has to be 'pull' or 'push'" % (metrics_collection_mechanism,))
	if if_not_pushed not in ('warn', 'raise'):
		raise ValueError("if_not_pushed is %r; it has to be 'warn' or 'raise'" % (if_not_pushed,))
	if metrics_collection_mechanism == 'pull':
		return client.tune(name, *args, **options)
	if options.get('objective') is None:
		raise ValueError(
			"metrics_collection_mechanism='push' needs an objective function (objective=...): "
			'what a ready image runs is not rewritten')
	if options.get('metrics_collector_config', {}).get('kind', 'Push') != 'Push':
		raise ValueError(
			"metrics_collection_mechanism='push' does not go with metrics_collector_config=%r: leave that out"
			% (options['metrics_collector_config'],))
	options['metrics_collector_config'] = {'kind': 'Push'}
	import copy
	create, annotating = client.create_experiment, copy.copy(client)

	def create_experiment(experiment: 'Any', *more: 'Any', **named: 'Any') -> 'Any':
		annotations = dict(experiment.metadata.annotations or {})
		annotations['katib-push.io/rewrite'] = 'enabled'
		experiment.metadata.annotations = annotations
		return create(experiment, *more, **named)

	annotating.create_experiment = create_experiment
	created = annotating.tune(name, *args, **options)
	_say_outcome(client, name, options.get('namespace'), if_not_pushed)
	return created


def _say_outcome(client: 'Any', name: str, namespace: 'Any', if_not_pushed: str) -> None:
	"""What became of an Experiment, as katib-push's webhook has kept it: admission warnings never reach a notebook."""
	try:
		annotations = client.get_experiment(name, namespace).metadata.annotations or {}
	except Exception as e:
		problem = 'experiment %s could not be read back: %s' % (name, e)
	else:
		outcome = annotations.get('katib-push.io/outcome', '')
		if outcome.startswith(('rewritten', 'unchanged (reports-itself)')):
			print('katib-push: %s' % outcome)
			return
		problem = outcome or (
			'nobody has reviewed experiment %s: katib-push does not run in the cluster, or not for this namespace; '
			'its trials would end as MetricsUnavailable' % name)
	if if_not_pushed == 'raise':
		raise RuntimeError(problem)
	import warnings
	warnings.warn('katib-push: %s' % problem, stacklevel=3)
