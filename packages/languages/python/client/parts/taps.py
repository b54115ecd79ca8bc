"""Reads what the program writes: taps on its streams, marks of the calls that were wrapped."""
import sys
from _operator import getitem
from _weakref import ref
from .clock import now, sleep
from .custom_filters import custom_filters
from .filters import default_filter
from .imports import import_library
from .lifetime import attend
from .threads import this_thread

count_references = sys.getrefcount
LONGEST_LINE = 1 << 17  # characters of an unfinished line that are kept
WAITING_LINES, LONG_LINE, WAITING_LONG_LINES = 20000, 4096, 100  # beyond, the program is held up
RELIEVE_MILLISECONDS = 1000


def relieve(sender, most):
    """Where too much waits: as long as the server takes rows, the program waits, else it reads lines itself."""
    for _ in range(RELIEVE_MILLISECONDS):
        if len(sender.lines) < most:
            return
        if sender.tries or not sender.running:
            break
        sleep(0.001)
    sender.take()


def start_taps(config, sender, streams, env):
    """Installs the taps; returns wrap."""
    names, patterns = tuple(config['metrics']), config.get('filters')
    every, drop = config.get('coverage') == 'output', config.get('output') == 'drop'
    sender.read = (default_filter(names, sender.mend) if patterns is None
                   else custom_filters(names, patterns, sender.mend, import_library('re').compile))
    waiting, idle, put = sender.lines, sender.idle, sender.lines.append
    out, err, end = sys.__stdout__, sys.__stderr__, '\n'
    tokens = {}  # thread -> its token; that a call holds it too is the mark
    homes, others, codes, wrote = [], [], set(), {}
    # a tap each: thread -> its line: [token, text, whether a part was marked]

    def new_token():
        hook()
        thread = this_thread()
        token = tokens[thread] = object()
        for lines in homes:
            lines[thread] = [token, '', every]
        return token

    def called():
        return count_references(tokens.get(this_thread()) or new_token()) > base

    def candidate(text):
        for name in names:
            if name in text:
                most = WAITING_LINES if len(text) < LONG_LINE else WAITING_LONG_LINES
                if len(waiting) >= most:
                    relieve(sender, most)
                put((now(), text))
                if idle:
                    hook()
                    sender.ring()
                return

    def add(line, text):
        first, *rest = str.__str__(text).split(end)
        mark = every or called()
        if rest:
            if line[2] or mark:
                candidate(line[1] + first)
            line[1] = rest.pop()
            line[2] = every or mark and line[1] != ''
            for each in rest if mark else ():
                candidate(each)
        else:
            line[1] = (line[1] + first)[-LONGEST_LINE:]
            line[2] = line[2] or mark and first != ''

    def install(stream, write, lines, taps):
        stream.__dict__['write'] = write
        codes.add(write.__code__)
        taps.append(lines)

    def dropping(inner):
        def write(*args, **named):
            if args and isinstance(args[0], str) and called():
                return len(args[0])
            return inner(*args, **named)
        return write if drop else inner

    def tap_home(stream):
        """For the interpreter's own streams; the fast one."""
        inner, lines = dropping(stream.write), {}

        def write(text):
            result = inner(text)
            try:
                line = lines[this_thread()]
            except KeyError:
                new_token()
                line = lines[this_thread()]
            if text is end:
                text, line[1] = line[1], ''
                if line[2] or count_references(line[0]) > base:
                    line[2] = every
                    candidate(text)
            elif line[1] or text.__class__ is not str or end in text or others:
                wrote[this_thread()] = True
                add(line, text)
            else:
                line[1] = text
                if count_references(line[0]) > base:
                    line[2] = True
            return result

        install(stream, write, lines, homes)

    def tap_other(stream, bound):
        """For what replaced them and may write to them; not kept alive."""
        lines, function = {}, bound
        if getattr(bound, '__self__', None) is stream:
            method, weak = type(stream).write, ref(stream)

            def function(*args, **named):
                return method(weak(), *args, **named)
        inner = dropping(function)

        def write(*args, **named):
            thread, text = this_thread(), args[0] if args else ''
            wrote[thread] = False
            result = inner(*args, **named)
            if wrote[thread]:
                lines.pop(thread, None)  # a tapped stream has read it
            elif isinstance(text, str):
                wrote[thread] = True
                add(lines.setdefault(thread, [None, '', every]), text)
            return result

        install(stream, write, lines, others)

    def look():
        """Taps what replaced a stream and writes to descriptor 1 or 2."""
        for name in streams:
            try:
                stream = getattr(sys, name)
                if stream is not out and stream is not err and stream is not None:
                    bound = stream.write
                    if getattr(bound, '__code__', None) not in codes and stream.fileno() in (1, 2):
                        tap_other(stream, bound)
            except Exception:  # no descriptor
                pass

    def enter(call):
        """As a call begins: marks its thread's writes."""
        if sys.stdout is not out or sys.stderr is not err:
            look()
        call.token = tokens.get(this_thread()) or new_token()
        return call.callee

    class Call:
        """Lives while one call runs. Looking up its __call__ marks, and yields the callee: no frame of ours is on
        the stack. Its death ends the mark."""
        __slots__ = ('callee', 'token')
        __call__ = property(enter)

    class Stored:
        """A callee that is kept: it looks, compares and pickles as the callee."""
        __slots__ = ('_callee', '__weakref__')
        __call__ = property(lambda self: wrap(self._callee))
        __class__ = property(lambda self: self._callee.__class__)
        __doc__ = property(lambda self: self._callee.__doc__)
        __hash__ = lambda self: hash(self._callee)
        __repr__ = lambda self: repr(self._callee)

        def __init__(self, callee):
            self._callee = callee

        def __getattr__(self, name):
            return getattr(self._callee, name)

        def __get__(self, instance, owner=None):
            get = getattr(type(self._callee), '__get__', None)
            return Stored(get(self._callee, instance, owner)) if get else self

        def __eq__(self, other):
            return self._callee == (other._callee if type(other) is Stored else other)

        def __reduce_ex__(self, _):
            return getitem, ((self._callee,), 0)

    class Wrap:
        def __call__(self, callee, keep=0):
            if keep:
                return Stored(callee) if callable(callee) and type(callee) is not Stored else callee
            call = Call()
            call.callee = callee
            return call

        def __reduce_ex__(self, _):
            return eval, ('lambda f,*_:f',)  # loads without the client

    def let_go():
        """Reads unfinished lines. Takes the taps off: Python flushes a replaced stream as it dies."""
        nonlocal out, err, streams
        for lines in homes + others:
            for line in list(lines.values()):
                text, line[1] = line[1], ''
                if line[2]:
                    candidate(text)
        ended, streams, out, err = (out, err), (), None, None
        for stream in ended:
            own = getattr(stream, '__dict__', {})
            if getattr(own.get('write'), '__code__', None) in codes:
                del own['write']

    def forget():
        for each in homes + others + [tokens]:
            each.clear()

    hook = attend(sender, env, let_go, forget)
    for stream in {getattr(sys, '__%s__' % name) for name in streams} - {None}:
        tap_home(stream)
    base = count_references(tokens.get(this_thread()) or new_token())  # what called() counts outside calls
    look()
    wrap = Wrap()
    return wrap
