"""Whether somebody else reported."""
from .clock import clock, sleep
from .manager import OK

GET_LOG = b'/api.v1.beta1.DBManager/GetObservationLog'
EMPTY_ANSWER = 5 + 2  # bytes: gRPC's prefix, and a log without rows
ASK_SECONDS, PAUSE_SECONDS = 5.0, 0.2


def others_reported(reporter, limit):
	"""Whether the DB manager holds rows of this trial; None where it doesn't answer."""
	manager = reporter.to
	while clock() < limit and not reporter.leave:
		status, reporter.error = manager.call(GET_LOG, manager.trial, min(limit, clock() + ASK_SECONDS))
		if status == OK:
			return manager.answer_bytes > EMPTY_ANSWER
		sleep(PAUSE_SECONDS)
