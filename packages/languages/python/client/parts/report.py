"""Metrics that a program reports itself."""
import os
import sys
from .clock import now
from .lifetime import KEY, attend
from .start import bind, make_sender
from .taps import WAITING_LINES, relieve
from .values import not_finite

TYPE_CHECKING = False  # type checkers read it as true
if TYPE_CHECKING:
	from datetime import datetime
	from typing import Any, Mapping, Optional, Union


def report_metrics(
	metrics: 'Mapping[str, Any]',
	db_manager_address: 'Optional[str]' = None,
	timeout: 'Optional[float]' = None,
	*,
	timestamp: 'Union[datetime, float, None]' = None
) -> None:
	"""Pushes metrics of this trial, as `kubeflow.katib.report_metrics` does, without waiting for the server.

	They are sent within 100 ms, in batches, in order with what a rewritten script prints; what can't be delivered is
	in the spill file. Outside of Katib, in a TrainJob whose server asks for it, they become its status.

	Args:
		metrics: values by name, numbers or what `float` takes. Texts and numbers are pushed as `str` gives them, other
			objects (tensors, arrays of one number) as the number that they hold.
		db_manager_address: `host:port`, or `https://host:port`. Default: KATIB_DB_MANAGER_ADDRESS, else
			`katib-db-manager.kubeflow:6789`. Only the process' first call or print decides.
		timeout: accepted because the SDK's function has it; nothing waits here.
		timestamp: when the values were true: a datetime or Unix seconds. Default: now. Times of a process strictly
			increase, so an earlier one becomes the time of the row before, plus a microsecond.

	Raises:
		ValueError: there is no trial (KATIB_TRIAL_NAME), or a value is no number. Nothing is pushed then.
	"""
	env = os.environ.get
	if not (env('KATIB_TRIAL_NAME') or env('KATIB_PUSH_TRIAL_NAME') or env('KUBEFLOW_TRAINER_SERVER_URL')):
		raise ValueError('The Trial name is not passed to environment variables: KATIB_TRIAL_NAME is not set')
	pairs = [(str(name), text_of(name, value)) for name, value in metrics.items()]
	at = now() if timestamp is None else getattr(timestamp, 'timestamp', lambda: timestamp)()
	bind({}, '')  # if nothing has been started yet, the environment may ask for it
	running = sys.modules[KEY]
	if running.sender is None:
		def given(name, default=None):
			return db_manager_address if name == 'KATIB_DB_MANAGER_ADDRESS' and db_manager_address else env(name, default)

		running.sender = make_sender(given, {})
		if running.sender is None:
			return  # another rank pushes
		running.sender.hook = attend(running.sender, env, lambda: None, lambda: None)
	sender = running.sender
	found = [(name, sender.mend(name, '', text, 0) if not_finite(text) else text) for name, text in pairs]
	if len(sender.lines) >= WAITING_LINES:
		relieve(sender, WAITING_LINES)
	sender.lines.append((at, found))
	getattr(sender, 'hook', lambda: None)()
	sender.ring()


def text_of(name: 'Any', value: 'Any') -> str:
	"""A metric's value as text. Raises ValueError where it is no number."""
	try:
		value_as_number = float(value)
	except Exception:
		raise ValueError(
			'Invalid value %r for the metric %s: it has to be a number, or something that float() takes' % (value, name)
		) from None
	text = str(value).strip()
	try:
		float(text)
	except ValueError:
		return repr(value_as_number)  # tensor(0.5), array([0.5])
	return text
