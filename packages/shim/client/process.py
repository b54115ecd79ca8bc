"""The program as a child: its start, the signals on their way to it, its end."""
# Not passed on: what can't be caught, what concerns this process alone, and what a fault of its own raises.
KEPT = ('SIGKILL SIGSTOP SIGPIPE SIGXFSZ SIGFPE SIGILL SIGSEGV SIGBUS SIGABRT SIGTRAP SIGSYS SIGTTIN SIGTTOU').split()
IGNORED_BY_PYTHON = signal.SIGPIPE, signal.SIGXFSZ
GRACE = 1.0  # seconds that a reader which doesn't read may hold up the end of a program that was terminated


class Process:
    """The child. Signals are handled as soon as they come: to pass one on, or to see the child's end."""

    def __init__(self):
        self.pid, self.code, self.terminated = 0, None, False
        self.waiting, self.reaping = [], False
        self.on_end = lambda: None  # a signal behind the child's end, that asks for ours
        self.handlers = {}  # as they were
        kept = [getattr(signal, name) for name in KEPT]
        for number in all_signals():
            if number not in kept:
                try:
                    self.handlers[number] = signal.signal(number, self.handle)
                except (ValueError, OSError, RuntimeError):
                    pass  # 32 and 33 belong to the threads' library

    def handle(self, number, _=None):
        """In the main thread, between any two steps of it; also while it waits for a slow reader."""
        if number == signal.SIGCHLD:
            self.reap()
        elif number == signal.SIGALRM and self.code is not None:
            os._exit(self.code)
        else:
            if number == signal.SIGTERM:
                self.terminated = True
            if not self.pid or self.reaping:
                self.waiting.append(number)
            elif self.code is None:
                os.kill(self.pid, number)
            elif number in (signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT):
                self.on_end()

    def reap(self):
        """Takes the ends of all children that ended: as process 1, orphans are ours. No signal goes to a pid that is gone."""
        if self.reaping:
            return
        self.reaping = True
        try:
            while True:
                pid, status = os.waitpid(-1, os.WNOHANG)
                if not pid:
                    break
                if pid == self.pid:
                    killed = os.WIFSIGNALED(status)
                    self.code = 128 + os.WTERMSIG(status) if killed else os.WEXITSTATUS(status)
                    if killed and self.terminated:
                        signal.setitimer(signal.ITIMER_REAL, GRACE)
        except OSError:
            pass  # no children
        self.reaping = False
        while self.waiting and self.code is None:
            os.kill(self.pid, self.waiting.pop(0))

    def release(self):
        """Signals as they were before us. What Python ignores for itself is the default again."""
        for number, handler in self.handlers.items():
            signal.signal(number, signal.SIG_IGN if handler == signal.SIG_IGN else signal.SIG_DFL)
        for number in IGNORED_BY_PYTHON:
            signal.signal(number, signal.SIG_DFL)

    def start(self, words, env, ends):
        """Forks; `ends` are pairs of a descriptor and what it is in the child. Raises where no process can be made."""
        mask = block_signals()
        try:
            pid = os.fork()
            if not pid:
                code = NOT_RUN
                try:
                    os.setsid()  # a terminal's signals come to us, and go on from here once
                    for descriptor, number in ends:
                        os.dup2(descriptor, number)
                    self.release()
                    restore_signals(mask)
                    code = exec_words(words, env)
                finally:
                    os._exit(code)
            self.pid = pid
        finally:
            restore_signals(mask)
        self.reap()  # passes on what came meanwhile


def all_signals():
    return getattr(signal, 'valid_signals', lambda: range(1, signal.NSIG))()


def block_signals():
    """All of them; returns the mask before. Python 2 can't: there, one that comes in these microseconds may be lost."""
    sigmask = getattr(signal, 'pthread_sigmask', None)
    return sigmask and sigmask(signal.SIG_BLOCK, all_signals())


def restore_signals(mask):
    if mask is not None:
        signal.pthread_sigmask(signal.SIG_SETMASK, mask)
