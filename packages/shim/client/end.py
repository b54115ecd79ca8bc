"""The end: what has to happen between the end of the output and our own."""
UNDELIVERED = 75  # EX_TEMPFAIL


class Interrupted(Exception):
    """A signal that ends the wait for the server."""
    pass


def finish(process, reporter):
    """Delivers what waits. Returns our exit code: the child's, or 75 where rows had to arrive and did not."""
    def interrupt():
        if process.terminated:
            reporter.spill = None
        raise Interrupted
    if os.getpid() == 1:
        kill_others()
    if process.terminated:
        count_only(reporter)
        return process.code
    text = setting('KATIB_PUSH_FLUSH_TIMEOUT') or ''
    process.on_end = interrupt
    try:
        failed = reporter.finish(float(text) if text.replace('.', '', 1).isdigit() else 30.0)
    except Interrupted:
        failed = 1
    process.on_end = lambda: None
    return UNDELIVERED if failed and not process.code and setting('KATIB_PUSH_ON_FAILURE') == 'fail' else process.code


def kill_others():
    """As the kernel does when process 1 of a container ends: nobody prints or waits while we deliver."""
    try:
        os.kill(-1, signal.SIGKILL)
    except OSError:
        pass


def count_only(reporter):
    """Terminated from outside: Katib has removed the trial's rows, and later ones would join those of its successor."""
    reporter.leave, reporter.spill = True, None
    reporter.take()
    count = len(reporter.rows) + len(reporter.batch)
    if count:
        say('terminated: %d observations are not pushed', count)
