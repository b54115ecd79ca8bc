"""The program as a child: its start, the signals on their way to it, its end."""
import os
from . import python2
import _signal as signal
from .threads import ALL_SIGNALS, block_signals, restore_signals, signal_mask
from .words import NOT_RUN, exec_words

# Not passed on, beside what can't be caught: what concerns this process alone, and what a fault of its own raises.
KEPT = 'PIPE XFSZ FPE ILL SEGV BUS ABRT TRAP SYS TTIN TTOU'.split()
IGNORED_BY_PYTHON = signal.SIGPIPE, signal.SIGXFSZ
ENDING = signal.SIGTERM, signal.SIGINT, signal.SIGHUP, signal.SIGQUIT
KILLED = 128  # and the signal's number: a shell's exit code
READER_SECONDS = 1.0  # that a reader which doesn't read may hold up the end of a program that was terminated


class Process:
	"""The child. `on_signal`, which has to be set before the start, is called with those of ENDING.

	Signals are handled as they come, in the main thread, also while it waits for a slow reader.
	"""
	pid, code = 0, None
	terminated = False  # by a SIGTERM from outside
	stopped = False  # early, by us
	working = False  # on one of the signals that wait

	def __init__(self):
		self.waiting, self.handlers = [], {}  # signals; handlers as they were
		kept = [getattr(signal, 'SIG' + name) for name in KEPT]
		for number in ALL_SIGNALS:
			if number not in kept:
				try:
					self.handlers[number] = signal.signal(number, self.handle)
				except (ValueError, OSError, RuntimeError):
					pass  # KILL and STOP; 32 and 33 belong to the threads' library

	def handle(self, number, _=None):
		if number == signal.SIGALRM and self.code is not None:
			os._exit(self.code)
		self.waiting.append(number)
		self.work()

	def work(self):
		"""Signals that come meanwhile wait: between a look at the child and a signal to it, nobody takes its end."""
		while self.waiting and self.pid and not self.working:
			self.working = True
			for number in self.waiting[:1]:
				del self.waiting[0]
				if number == signal.SIGCHLD:
					self.reap()
				else:
					self.pass_on(number)
			self.working = False

	def pass_on(self, number):
		if self.code is None:
			send(os.kill, self.pid, number)
		if number == signal.SIGTERM:
			self.terminated = True
		if number in ENDING:
			self.on_signal(number)

	def reap(self):
		"""Takes the ends of all children that ended, as process 1 has to."""
		try:
			pid = 1
			while pid:
				pid, status = os.waitpid(-1, os.WNOHANG)
				if pid == self.pid:
					is_killed = os.WIFSIGNALED(status)
					self.code = KILLED + os.WTERMSIG(status) if is_killed else os.WEXITSTATUS(status)
					if is_killed and self.terminated:
						signal.setitimer(signal.ITIMER_REAL, READER_SECONDS)
		except OSError:
			pass  # no children

	def release(self):
		"""Signals as they were before us; what Python ignores for itself is the default again."""
		for number, handler in self.handlers.items():
			signal.signal(number, signal.SIG_IGN if handler == signal.SIG_IGN else signal.SIG_DFL)
		for number in IGNORED_BY_PYTHON:
			signal.signal(number, signal.SIG_DFL)

	def start(self, words, env, ends):
		"""Forks; `ends` are pairs of a descriptor and what it is in the child. Raises where no process can be made."""
		mask = signal_mask()
		block_signals()
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
		self.work()  # what came meanwhile, as it may on Python 2.7, which blocks nothing


def send(kill, pid, number):
	"""Sends a signal to who is there, and may get it from us."""
	try:
		kill(pid, number)
	except OSError:
		pass
