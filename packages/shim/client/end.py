"""What has to happen between the end of the output and our own."""
import os
from .clock import clock
from .environment import setting
from .others import others_reported
from .process import signal
from .say import say
from .stop import set_trial_status

UNDELIVERED = 75  # EX_TEMPFAIL
USUAL_FLUSH_SECONDS = 30.0


def finish(process, reporter, trial, config):
    """Delivers what waits. Returns our exit code: the child's, or 75 where rows had to arrive and did not."""
    if os.getpid() == 1:
        kill_others()
    end = clock() + flush_seconds()
    code = 0 if reporter.stopped else process.code
    process.on_signal = lambda number: reporter.abandon() if number == signal.SIGTERM else reporter.hurry()
    if not process.terminated:
        release(reporter, trial, config, code, end)
    failed = reporter.finish(max(0, end - clock()))
    if process.terminated:
        say_dropped(reporter, 'SIGTERM ended the trial')
        return process.code
    if not code and not reporter.objective.found:
        say_nearest(reporter)
    if reporter.stopped and not failed:
        tell_early_stopping(trial, config)
    return UNDELIVERED if failed and not code and setting('KATIB_PUSH_ON_FAILURE') == 'fail' else code


def flush_seconds():
    text = setting('KATIB_PUSH_FLUSH_TIMEOUT') or ''
    return float(text) if text.replace('.', '', 1).isdigit() else USUAL_FLUSH_SECONDS


def kill_others():
    """As the kernel does when process 1 of a container ends: nobody prints or waits while we deliver."""
    try:
        os.kill(-1, signal.SIGKILL)
    except OSError:
        pass


def release(reporter, trial, config, code, end):
    """Decides about rows that were held until now."""
    if not reporter.held:
        return
    reporter.settle()
    if code:
        say_dropped(reporter, 'the command failed')
    elif reporter.voided:
        say_dropped(reporter, "Katib's collector reads nothing of a file with a bad line: " + reporter.voided)
    elif config.get('deliver') == 'if-none' and reporter.held.count and others_reported(
            reporter, trial, setting('KATIB_PUSH_CA_CERT'), end):
        say_dropped(reporter, 'the command reported its metrics itself')
    reporter.held.release()


def say_dropped(reporter, reason):
    count = reporter.drop()
    if count:
        say('%d observations are not pushed: %s', count, reason)


def say_nearest(reporter):
    name = reporter.objective.name
    line = reporter.objective.nearest_line(b''.join(lines.latest for lines in reporter.sources))
    say('no value of the objective %s was found. The nearest line: %s', name, line or '(there was none)')


def tell_early_stopping(trial, config):
    service = config.get('earlyStopping') or {}
    if set_trial_status and service.get('report'):
        set_trial_status(service['address'], trial)
