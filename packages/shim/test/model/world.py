"""A kernel of one child, two pipes, a process that holds them, signals from outside and a server: all that acts on the
shim, in every order. The shim's own code runs on it unchanged; its modules os, select, signal, fcntl and its clock are
replaced. At each of its system calls the world may make a step."""
import errno, os, signal, struct

CHILD = 1000
SYSTEM_CALL_SECONDS = 1e-5
SLOW_WRITE_SECONDS, SMALL_READ = 0.3, 8
MOST_STEPS = 4000  # a schedule that takes more does not end


class Violation(Exception):
    pass


class Scenario:
    """What there is: `child` and `other` are lists of steps, each a tuple; `signals` come from outside."""

    def __init__(self, name, child, other=(), signals=(), on_term='dies', server=True, first=False, endless=False,
                 slow=False, old=False):
        self.name, self.child, self.other, self.signals = name, child, other, signals
        self.on_term = on_term  # what the child does at SIGTERM: dies, ignores, or prints and ends with 5
        self.server = server  # whether it takes rows
        self.first = first  # whether the shim is process 1
        self.endless = endless  # the other never stops writing
        self.slow = slow  # who reads what the shim passes on
        self.old = old  # Python 2.7, which can't block signals


class World:
    def __init__(self, scenario, choose, preemptions):
        self.scenario, self.choose, self.preemptions = scenario, choose, preemptions
        self.now, self.steps, self.has_child = 0.0, 0, False
        self.pipes, self.ends = {}, {}  # read end -> [bytes, count of writers]; stream -> read end
        self.written, self.out = {1: b'', 2: b''}, {1: b'', 2: b''}
        self.child, self.status, self.reaped = list(scenario.child), None, False
        self.ended_at = None
        self.other, self.other_holds = list(scenario.other), bool(scenario.other) or scenario.endless
        self.signals = list(scenario.signals)
        self.pending, self.blocked, self.handler = [], False, None
        self.received = []  # signals, by the child
        self.terminated_at, self.delivered, self.spilled = None, [], []
        self.descriptor = 10
        self.bell = None

    # what the world does

    def actors(self):
        found = []
        if self.child and self.has_child and self.status is None:
            found.append(self.step_child)
        if self.other_holds and (self.other or self.scenario.endless):
            found.append(self.step_other)
        if self.signals:
            found.append(self.step_outside)
        return found

    def step_child(self):
        step = self.child.pop(0)
        if step[0] == 'write':
            self.write_pipe(step[1], step[2], self.written)
        elif step[0] == 'write and exit':
            self.write_pipe(1, step[1], self.written)
            self.end_child(step[2] << 8)
        else:
            self.end_child(step[1] << 8)

    def step_other(self):
        if self.scenario.endless:
            self.write_pipe(1, b'noise\n', None)
            return
        step = self.other.pop(0)
        if step[0] == 'write':
            self.write_pipe(step[1], step[2], self.written)
        elif step[0] == 'close':
            self.other_holds = False
            self.close_writers(1)

    def step_outside(self):
        number = self.signals.pop(0)
        if number == signal.SIGTERM and self.terminated_at is None:
            self.terminated_at = self.now
        self.raise_signal(number)

    def write_pipe(self, number, data, into):
        pipe = self.pipes.get(self.ends[number])
        if pipe is None:
            return  # the reader is gone
        pipe[0] += data
        if into is not None:
            into[number] += data

    def close_writers(self, count):
        for pipe in self.pipes.values():
            pipe[1] -= count

    def end_child(self, status):
        self.status, self.ended_at = status, self.now
        self.close_writers(1)
        self.raise_signal(signal.SIGCHLD)

    def raise_signal(self, number):
        self.pending.append(number)

    def deliver_signals(self):
        """What Python does between any two steps of a program."""
        while self.pending and self.handler and not self.blocked:
            number = self.pending.pop(0)
            self.pipes_bell = True
            self.handler(number, None)

    def call(self, may_act=True):
        """A system call of the shim begins."""
        self.steps += 1
        self.now += SYSTEM_CALL_SECONDS
        if self.steps > MOST_STEPS:
            raise Violation('does not end')
        actors = self.actors()
        if may_act and actors and self.preemptions:
            chosen = self.choose(len(actors) + 1)
            if chosen:
                self.preemptions -= 1
                actors[chosen - 1]()
        self.deliver_signals()

    def pass_time(self, seconds):
        """The shim waits: something happens, or the time passes."""
        actors = self.actors()
        chosen = self.choose(len(actors) + 1) if actors else 0
        if chosen:
            actors[chosen - 1]()
        elif seconds is None:
            if not actors:
                raise Violation('waits for ever')
            actors[0]()
        else:
            self.now += seconds
        self.deliver_signals()


class Os:
    """The module os, as far as the shim uses it behind its start."""
    for name in ('WNOHANG WIFSIGNALED WTERMSIG WEXITSTATUS O_WRONLY O_APPEND O_CREAT O_NOFOLLOW O_NONBLOCK environ '
                 'urandom').split():
        locals()[name] = staticmethod(getattr(os, name)) if callable(getattr(os, name)) else getattr(os, name)

    def __init__(self, world):
        self.world = world

    def getpid(self):
        return 1 if self.world.scenario.first else 77

    def fork(self):
        self.world.has_child = True
        self.world.call()
        return CHILD

    def read(self, source, size):
        self.world.call()
        if source == self.world.bell:
            self.world.pipes_bell = False
            return b'\0'
        pipe = self.world.pipes[source]
        if not pipe[0]:
            if pipe[1]:
                raise Violation('a read that blocks')
            return b''
        size = min(size, SMALL_READ) if self.world.scenario.slow else size
        data, pipe[0] = pipe[0][:size], pipe[0][size:]
        return data

    def write(self, descriptor, data):
        self.world.call()
        self.world.out[descriptor] += data
        self.world.now += SLOW_WRITE_SECONDS if self.world.scenario.slow else 0
        return len(data)

    def close(self, descriptor):
        self.world.call()
        self.world.pipes.pop(descriptor, None)

    def waitpid(self, pid, options):
        world = self.world
        world.call()
        if world.reaped:
            raise OSError(errno.ECHILD, 'no child')
        if world.status is None:
            return 0, 0
        world.reaped = True
        world.call()  # the pid may belong to somebody else from here on
        return CHILD, world.status

    def kill(self, pid, number):
        world = self.world
        if pid == -1:
            world.other_holds = False
            return
        world.call(may_act=False)
        if pid != CHILD or world.reaped:
            raise Violation('signal %d to a process that is not ours' % number)
        if world.status is not None:
            return
        world.received.append(number)
        if number == signal.SIGTERM and world.scenario.on_term == 'prints':
            world.write_pipe(1, b'loss=9\n', world.written)
            world.end_child(5 << 8)
        elif number == signal.SIGKILL or world.scenario.on_term != 'ignores' or number != signal.SIGTERM:
            if number != signal.SIGUSR1:  # which it handles
                world.end_child(number)

    def _exit(self, code):
        raise Violation('left by _exit')


class Poll:
    def __init__(self, world):
        self.world, self.sources = world, []

    def register(self, source, _):
        self.sources.append(source)

    def unregister(self, source):
        self.sources.remove(source)

    def ready(self):
        world = self.world
        return [(source, 1) for source in self.sources if (
            world.pipes_bell if source == world.bell else world.pipes[source][0] or not world.pipes[source][1])]

    def poll(self, milliseconds):
        self.world.call()
        if not self.ready():
            self.world.pass_time(None if milliseconds is None else milliseconds / 1000)
        return self.ready()


class Select:
    POLLIN, POLLOUT, error = 1, 4, OSError

    def __init__(self, world):
        self.poll = lambda: Poll(world)


class Signal:
    """The module _signal: constants, and handlers of the world's."""
    ITIMER_REAL = signal.ITIMER_REAL

    def __init__(self, world):
        self.world = world
        for name in dir(signal):
            if name.startswith('SIG') and not name.startswith('SIG_'):
                setattr(self, name, getattr(signal, name))
        self.SIG_IGN, self.SIG_DFL, self.NSIG = signal.SIG_IGN, signal.SIG_DFL, signal.NSIG

    def valid_signals(self):
        return [signal.SIGTERM, signal.SIGINT, signal.SIGUSR1, signal.SIGCHLD, signal.SIGALRM]

    def signal(self, number, handler):
        self.world.handler = handler
        return signal.SIG_DFL

    def setitimer(self, kind, seconds):
        pass


class Fcntl:
    def __init__(self, world):
        self.world = world

    def ioctl(self, source, request, number):
        self.world.call()
        return struct.pack('i', len(self.world.pipes[source][0]))
