"""Whether somebody else reported rows of this trial."""
from .ask import ask
from .clock import clock, sleep
from .manager import OK, PORT, TRIAL_NAME
from .protobuf import text_field

GET_LOG = b'/api.v1.beta1.DBManager/GetObservationLog'
EMPTY_ANSWER = 5 + 2  # bytes: gRPC's prefix, and a log without rows
ASK_SECONDS, PAUSE_SECONDS = 5.0, 0.2


def others_reported(reporter, trial, authorities, limit):
    """Asks the DB manager; None where it doesn't answer."""
    while clock() < limit and not reporter.leave:
        status, reporter.error, answer = ask(reporter.sink.name, PORT, GET_LOG, text_field(TRIAL_NAME, trial),
                                             min(limit, clock() + ASK_SECONDS), authorities)
        if status == OK:
            return len(answer) > EMPTY_ANSWER
        sleep(PAUSE_SECONDS)
    return None
