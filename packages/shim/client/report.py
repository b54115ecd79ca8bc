"""From lines to Katib: the client's sender, with bounds on how long it may hold up the program."""
HELD_ONCE = 0.1  # seconds for which the program is held up at most, at a time
ALIVE = 1.0  # seconds since the server last took rows, in which it is worth waiting for


class Watched(Manager):
    """Katib's DB manager; knows when it last took rows."""
    taken = None

    def report(self, batch, limit):
        status, error = Manager.report(self, batch, limit)
        if status == 0:
            self.taken = clock()
        return status, error


class Reporter(Sender):
    """Takes lines from the loop."""

    def put(self, text):
        most = LINES if len(text) < PIECE else 100
        if len(self.lines) >= most:
            self.relieve(most)
        self.lines.append((now(), text))
        if self.idle:
            self.ring()

    def relieve(self, most):
        """Waits for room while the server takes rows, for a moment; else the oldest rows go to the spill file."""
        if self.sink.taken is None:
            self.sink.taken = clock()
        end = min(clock() + HELD_ONCE, self.sink.taken + ALIVE)
        while self.running and not self.tries and clock() < end:
            if len(self.lines) < most:
                return
            sleep(0.001)
        trouble = self.tries
        self.tries = trouble or 1  # rows that are too many are given up
        self.take()
        self.tries = trouble


def make_reporter(config):
    """What the settings ask for; None without a trial."""
    trial = setting('KATIB_TRIAL_NAME') or setting('KATIB_PUSH_TRIAL_NAME')
    if not trial:
        return None
    path = setting('KATIB_PUSH_SPILL') or '%s/katib-push-%s.jsonl' % (
        setting('TMPDIR') or '/tmp', trial.replace('/', '_'))
    address = setting('KATIB_DB_MANAGER_ADDRESS') or 'katib-db-manager.kubeflow:6789'
    reporter = Reporter(Watched(trial, address, setting('KATIB_PUSH_CA_CERT')),
                        None if path == 'off' else Spill(path, trial), setting('KATIB_PUSH_NON_FINITE') == 'push')
    names, patterns = tuple(config['metrics']), config.get('filters')
    reporter.read = (default_filter(names, reporter.mend) if patterns is None
                     else custom_filters(names, patterns, reporter.mend))
    return reporter
