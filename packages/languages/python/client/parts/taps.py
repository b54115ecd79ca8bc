"""Reads what the program writes: taps on its streams, marks of the calls that were wrapped."""
import sys
from _thread import RLock
from _weakref import ref
from .clock import now, sleep, wait_while
from .custom_filters import custom_filters
from .drop import dropping
from .filters import default_filter
from .library import import_library
from .lifetime import attend
from .stored import make_stored
from .threads import this_thread

references = sys.getrefcount
LONGEST_LINE = 1 << 17  # characters that are kept of a line that is written in pieces
WAITING_LINES, LONG_LINE, WAITING_LONG_LINES = 20000, 4096, 100  # beyond, the program is held up
RELIEVE_MILLISECONDS = 1000
NOBODY, SEVERAL = -1, 0  # no thread's number


def relieve(sender, most):
	"""Where too much waits: as long as the server takes rows, the program waits, else it reads lines itself."""
	wait_while(lambda: len(sender.lines) >= most and sender.running and not sender.tries, RELIEVE_MILLISECONDS)
	if len(sender.lines) >= most:
		sender.take()


class Line:
	"""The line of a stream that is not finished, as the collector sees it: of all threads together."""
	__slots__ = ('text', 'marked', 'writer', 'busy', 'lock')

	def begin(self, marked):
		self.text, self.marked = '', marked  # whether it counts
		self.writer = NOBODY  # the only thread that has written it: its way is the fast one
		self.busy = False  # between that thread's write and its reading
		self.lock = RLock()  # which other threads hold then


def start_taps(config, sender, streams, env):
	"""Installs the taps; returns what wraps callees, and what has every line read from then on."""
	names, patterns = tuple(config['metrics']), config.get('filters')
	every, drops = config.get('coverage') == 'output', config.get('output') == 'drop'
	sender.read = (default_filter(names, sender.mend) if patterns is None
				   else custom_filters(names, patterns, sender.mend, import_library('re').compile))
	waiting, idle, put = sender.lines, sender.idle, sender.lines.append
	out, err, end = sys.__stdout__, sys.__stderr__, '\n'
	tokens = {}  # thread -> its token; that a call holds it too is the mark
	lines, codes = [], set()  # of the taps
	others = []  # lines of streams that replaced the interpreter's
	wrote = {}  # thread -> whether a tap has read what it writes through a stream that may write to another

	def new_token():
		hook()
		token = tokens[this_thread()] = object()
		return token

	def is_marked():
		return references(tokens.get(this_thread()) or new_token()) > base

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
		mark = every or is_marked()
		if rest:
			if line.marked or mark:
				candidate(line.text + first)
			line.text = rest.pop()
			line.marked = every or mark and line.text != ''
			for each in rest if mark else ():
				candidate(each)
		else:
			line.text = (line.text + first)[-LONGEST_LINE:] if line.text else first
			line.marked = line.marked or mark and first != ''

	def new_line():
		line = Line()
		line.begin(every)
		lines.append(line)
		return line

	def install(stream, name, function):
		stream.__dict__[name] = function
		codes.add(function.__code__)

	def alone(line, act, *args):
		"""Calls it while no other thread writes to the stream, or flushes what was written."""
		with line.lock:
			thread, before = this_thread(), line.writer
			line.writer = SEVERAL
			while line.busy and before != thread:
				sleep(0.0005)
			try:
				return act(*args)
			finally:
				if before in (NOBODY, thread):
					line.writer = thread

	def tap_own(stream):
		"""For the interpreter's own streams. Rows have the order of the bytes, so a thread reads what it has written
		before another one writes."""
		inner, line = dropping(stream.write, is_marked) if drops else stream.write, new_line()

		def write(text):
			thread = this_thread()
			if thread == line.writer:
				line.busy = True
				try:
					if line.writer:  # still the only one
						result = inner(text)
						if text is end:
							text, line.text = line.text, ''
							if line.marked or references(tokens.get(thread) or new_token()) > base:
								line.marked = every
								candidate(text)
						elif line.text or text.__class__ is not str or end in text or others:
							wrote[thread] = True
							add(line, text)
						else:
							line.text = text
							if references(tokens.get(thread) or new_token()) > base:
								line.marked = True
						return result
				finally:
					line.busy = False
			return alone(line, write_and_read, text)

		def write_and_read(text):
			result = inner(text)
			wrote[this_thread()] = True
			add(line, text)
			return result

		flush_stream = stream.flush
		install(stream, 'write', write)
		install(stream, 'flush', lambda: alone(line, flush_stream))

	def tap_other(stream, bound):
		"""For what replaced them and may write to them; not kept alive, and not held while it writes."""
		function, line = bound, new_line()
		if getattr(bound, '__self__', None) is stream:
			method, weak = type(stream).write, ref(stream)

			def function(*args, **named):
				return method(weak(), *args, **named)
		inner = dropping(function, is_marked) if drops else function

		def write(*args, **named):
			thread, text = this_thread(), args[0] if args else ''
			wrote[thread] = False
			result = inner(*args, **named)
			with line.lock:
				if wrote[thread]:
					line.text, line.marked = '', every  # a tapped stream has read it
				elif isinstance(text, str):
					wrote[thread] = True
					add(line, text)
			return result

		install(stream, 'write', write)
		others.append(line)

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

	class Wrap:
		def __call__(self, callee, keep=0):
			if keep:
				return stored(callee)
			call = Call()
			call.callee = callee
			return call

		def __reduce_ex__(self, _):
			return eval, ('lambda f,*_:f',)  # loads without the client

	def let_go():
		"""Reads unfinished lines. Takes the taps off: Python flushes a replaced stream as it dies."""
		nonlocal out, err, streams
		for line in lines:
			text, line.text = line.text, ''
			if line.marked:
				candidate(text)
		ended, streams, out, err = (out, err), (), None, None
		for stream in ended:
			own = getattr(stream, '__dict__', {})
			for name in 'write', 'flush':
				if getattr(own.get(name), '__code__', None) in codes:
					del own[name]

	def forget():
		"""In a fork: another thread may have held a lock."""
		tokens.clear()
		for line in lines:
			line.begin(every)

	def read_all():
		nonlocal every
		every = True
		for line in lines:
			line.marked = True

	hook = attend(sender, env, let_go, forget)
	for stream in {getattr(sys, '__%s__' % name) for name in streams} - {None}:
		tap_own(stream)
	base = references(tokens.get(this_thread()) or new_token())  # outside calls
	look()
	wrap = Wrap()
	stored = make_stored(wrap)
	return wrap, read_all
