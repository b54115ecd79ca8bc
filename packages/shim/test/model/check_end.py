"""Runs the end of the shim in every order of events that there is, within bounds, and in many that are drawn.

Reads the shim's source from stdin. Prints how many schedules were run, and exits with 1 at the first one in which
something is wrong, with what it is and the choices that lead there."""
import random, re, signal, sys
sys.dont_write_bytecode = True
from world import Fcntl, Os, Scenario, Select, Signal, Violation, World

LINGER, SLACK = 0.5, 0.1
HELD_ONCE, HELD_IN_ALL = 0.1, 1.0  # seconds in which the program is held up
UNANSWERED = 10.0  # seconds for a server that never answered
DRAWN, MOST_EXHAUSTIVE = 40, 300  # schedules of one scenario

SOURCE = sys.stdin.read()
MAIN = '\nmain()\n'
assert SOURCE.endswith(MAIN)
CODE = compile(SOURCE[:-len(MAIN)], 'shim', 'exec')

WRITES = [('write', 1, b'loss=1\n'), ('write', 2, b'loss=2\nplain\n')]
TORN = [('write', 1, b'lo'), ('write', 1, b'ss=1\nloss=2')]
TERM, INT, USR1 = signal.SIGTERM, signal.SIGINT, signal.SIGUSR1
SCENARIOS = [
    Scenario('a success', WRITES + [('exit', 0)]),
    Scenario('a success on Python 2.7', WRITES + [('exit', 0)], old=True),
    Scenario('one that ends at once', [('write and exit', b'loss=1\n', 3)], signals=[USR1], old=True),
    Scenario('a failure with torn lines', TORN + [('exit', 3)]),
    Scenario('a process that writes behind the end', [('exit', 4)], [('write', 1, b'loss=5\n'), ('close',)]),
    Scenario('a process that holds the pipes for ever', WRITES + [('exit', 0)], [('write', 2, b'loss=5\n')]),
    Scenario('a process that never stops writing', [('write', 1, b'loss=1\n'), ('exit', 0)], endless=True),
    Scenario('the same beside process 1', [('write', 1, b'loss=1\n'), ('exit', 0)], endless=True, first=True),
    Scenario('a slow reader', [('write and exit', b'loss=1\n' * 9, 0)], slow=True),
    Scenario('a signal that is handled', WRITES + [('exit', 0)], signals=[USR1]),
    Scenario('signals that end it', WRITES + [('exit', 0)], signals=[INT, USR1]),
    Scenario('SIGTERM', WRITES + [('exit', 0)], signals=[TERM]),
    Scenario('SIGTERM that is handled', WRITES + [('exit', 0)], signals=[TERM], on_term='prints'),
    Scenario('SIGTERM that is ignored', WRITES + [('exit', 0)], signals=[TERM, USR1], on_term='ignores'),
    Scenario('SIGTERM beside a process that holds the pipes', WRITES + [('exit', 0)], [('write', 1, b'loss=5\n')],
             signals=[TERM]),
    Scenario('a server that takes nothing', WRITES + [('exit', 0)], server=False),
    Scenario('the same, and SIGTERM', [('write', 1, b'loss=1\n'), ('exit', 0)], signals=[TERM], server=False),
    Scenario('the same, and SIGINT', [('write', 1, b'loss=1\n'), ('exit', 0)], signals=[INT], server=False),
]


class Destination:
    name, link = 'the server', None

    def __init__(self, world):
        self.world, self.ended = world, False

    def report(self, batch, limit):
        world = self.world
        world.call()
        if not world.scenario.server:
            return None, 'connection refused'
        if self.ended:
            return None, 'ended'
        if world.terminated_at is not None and world.handled_term:
            raise Violation('rows are sent behind a SIGTERM')
        world.delivered += batch
        return 0, ''

    def close(self):
        pass


class Spill:
    path = 'the file'

    def __init__(self, world):
        self.world = world

    def write(self, rows):
        self.world.spilled += rows
        return len(rows)


def run(scenario, choose, preemptions):
    """One schedule. Raises Violation."""
    world = World(scenario, choose, preemptions)
    world.pipes_bell = world.handled_term = False
    names = {'__name__': 'shim'}
    exec(CODE, names)
    said = []

    def pipe():
        world.descriptor += 1
        return world.descriptor, -world.descriptor

    def fake_wait(lock, seconds):
        world.call()
        if not lock.acquire(False):
            world.pass_time(seconds)
            return lock.acquire(False)
        return True

    def refuse_thread(*_):
        raise names['ThreadError']()

    def block():
        world.blocked = not scenario.old

    def restore(_):
        world.blocked = False
        world.deliver_signals()

    names.update(os=Os(world), select=Select(world), signal=Signal(world), fcntl=Fcntl(world), wait=fake_wait,
                 clock=lambda: world.now, now=lambda: world.now, sleep=world.pass_time, new_thread=refuse_thread,
                 say=lambda text, *values: said.append(text % values), block_signals=block, restore_signals=restore,
                 signal_mask=lambda: (), make_pipe=pipe)
    reporter = names['Reporter']('trial', ['loss'], Destination(world), Spill(world), False)
    reporter.read = names['default_filter'](['loss'], reporter.mend)
    found = []
    lines = lambda: names['Lines'](['loss'], lambda texts: (found.extend(texts), reporter.put(texts)))
    process = names['Process']()
    handle = world.handler

    def handler(number, frame):
        world.handled_term = world.handled_term or number == TERM
        passes = world.status is None and process.pid and not process.working and number != signal.SIGCHLD
        handle(number, frame)
        if passes and number not in world.received:
            raise Violation('signal %d is not passed on' % number)
    world.handler = handler
    process.on_signal = lambda number: process.terminated and reporter.abandon()
    pipes = [names['Pipe']([number], lines()) for number in (1, 2)]
    for each in pipes:
        world.ends[each.to[0]] = each.source
        world.pipes[each.source] = [b'', 2 if world.other_holds else 1]
    world.bell, _ = pipe()
    process.start([b'words'], {}, [])
    loop = names['Loop'](process, pipes, world.bell, reporter, [])
    loop.run()
    at_loop_end = world.now
    code = names['finish'](process, reporter, {}, [each.lines for each in pipes])
    check(world, process, reporter, found, said, code, at_loop_end)


def check(world, process, reporter, found, said, code, at_loop_end):
    def demand(holds, text, *values):
        if not holds:
            raise Violation(text % values)
    killed = world.status & 127
    expected = 128 + killed if killed else world.status >> 8
    demand(code == expected, 'exit code %s instead of %s', code, expected)
    demand(world.reaped, 'the child is left as a zombie')
    demand(world.scenario.slow or at_loop_end <= world.ended_at + LINGER + SLACK, 'waits %.2f s for the end of the output',
           at_loop_end - world.ended_at)
    demand(world.now <= at_loop_end + UNANSWERED + SLACK, 'waits %.2f s for the server', world.now - at_loop_end)
    handled = world.terminated_at is not None and world.handled_term
    demand(not handled or world.now <= max(at_loop_end, world.terminated_at) + SLACK + 1,
           'goes on for %.2f s behind a SIGTERM', world.now - world.terminated_at if handled else 0)
    for number in 1, 2:
        passed, whole = world.out[number].replace(b'noise\n', b''), world.written[number]
        demand(whole.startswith(passed), 'stream %d is not what was written', number)
        if not world.scenario.other:
            demand(passed == whole, 'stream %d ends early: %r of %r', number, passed, whole)
    counted = sum(int(text.split(' ')[0]) for text in said if 'are not pushed' in text)
    lost = sum(int(count) for text in said for count in re.findall(r'(\d+) are lost', text))
    rows = len(world.delivered) + len(world.spilled) + counted + lost
    demand(rows == len(found), '%d lines were found, %d delivered, %d spilled, %d counted, %d lost', len(found),
           len(world.delivered), len(world.spilled), counted, lost)
    demand(not lost, 'rows are lost')
    demand(not (handled and world.spilled), 'rows are spilled behind a SIGTERM')
    out = world.out[1] + b'\n' + world.out[2]
    demand(len(found) == out.count(b'loss='), '%d lines were found of %d', len(found), out.count(b'loss='))
    demand(len(set(world.received)) == len(world.received), 'signals %s come twice', world.received)


class Choices:
    """All sequences of choices, one after the other."""

    def __init__(self):
        self.prefix, self.taken, self.options = [], [], []

    def choose(self, count):
        at = len(self.taken)
        chosen = self.prefix[at] if at < len(self.prefix) else 0
        self.taken.append(chosen)
        self.options.append(count)
        return chosen

    def advance(self):
        """Goes on to the next sequence; whether there is one."""
        while self.taken and self.taken[-1] + 1 >= self.options[-1]:
            self.taken.pop()
            self.options.pop()
        if not self.taken:
            return False
        self.prefix = self.taken[:-1] + [self.taken[-1] + 1]
        self.taken, self.options = [], []
        return True


def check_hold_up():
    """How long the loop waits for the server: a moment at a time, and less where it takes nothing for long."""
    names, time = {'__name__': 'shim'}, [0.0]
    exec(CODE, names)

    def pass_time(seconds):
        time[0] += seconds
    names.update(clock=lambda: time[0], sleep=pass_time)
    destination = Destination(None)
    reporter = names['Reporter']('trial', ['loss'], destination, None, False)
    reporter.running = True
    reporter.rows.extend([(0, 'loss', '1')] * (names['MANY_ROWS'] + 1))

    def waits():
        before = time[0]
        reporter.hold_up()
        return time[0] - before
    held = [waits() for _ in range(50)]
    assert max(held) <= HELD_ONCE + SLACK and 0.9 <= sum(held) <= HELD_IN_ALL + SLACK, held
    reporter.answers += 1
    assert waits() > 0, 'a server that takes rows is not waited for'
    reporter.answers, reporter.tries = reporter.answers + 1, 1
    assert waits() == 0, 'a server that fails is waited for'
    reporter.answers, reporter.tries = reporter.answers + 1, 0
    reporter.rows.clear()
    assert waits() == 0, 'a server is waited for while there is room'


def main():
    """Arguments: the names of scenarios; default: all."""
    check_hold_up()
    count = 0
    for scenario in [each for each in SCENARIOS if each.name in sys.argv[1:] or len(sys.argv) == 1]:
        for preemptions in 0, 1:
            choices = Choices()
            for _ in range(MOST_EXHAUSTIVE):
                attempt(scenario, choices.choose, preemptions, lambda: choices.taken)
                count += 1
                if not choices.advance():
                    break
        for seed in range(DRAWN):
            chance, taken = random.Random(seed), []

            def draw(options):
                taken.append(chance.randrange(options) if chance.random() < 0.3 else 0)
                return taken[-1]
            attempt(scenario, draw, 4, lambda: taken)
            count += 1
    print(count)


def attempt(scenario, choose, preemptions, taken):
    try:
        run(scenario, choose, preemptions)
    except Violation as e:
        print('%s: %s (choices %s)' % (scenario.name, e, taken()))
        sys.exit(1)


main()
