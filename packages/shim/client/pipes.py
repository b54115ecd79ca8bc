"""What the program writes: pipes in place of our own descriptors, and the bytes on their way through them."""
import errno
import fcntl
import os
import select
import struct
import termios
from .say import say

READER_GONE = errno.EPIPE, errno.ECONNRESET


class Pipe:
	"""Takes the place of our descriptors `to`, which are one file, in the child. `lines` reads what passes through."""

	def __init__(self, to, lines):
		self.to, self.lines, self.has_reader = to, lines, True
		self.source, self.end = make_pipe()

	def pump(self, size):
		"""Reads once, at most `size` bytes, and writes them on at once; returns how many, 0 at the end."""
		data = retried(os.read, self.source, size)
		if data:
			self.has_reader = write_all(self.to[0], data)
			self.attempt('feed', data)
		return len(data)

	def close(self):
		"""Without a reader the child learns it from its next write."""
		os.close(self.source)
		self.attempt('close')

	def attempt(self, action, *values):
		"""No fault in reading keeps bytes from being passed on."""
		try:
			if self.lines:
				getattr(self.lines, action)(*values)
		except Exception as e:
			say('the rest of this output is not read: %r', e)
			self.lines = None

	def waiting(self):
		"""How many bytes wait in the pipe."""
		number = struct.pack('i', 0)
		return struct.unpack('i', fcntl.ioctl(self.source, termios.FIONREAD, number))[0]


def make_pipe():
	"""A pipe that no child inherits; `os.pipe` of Python 2 makes one that every child does."""
	ends = os.pipe()
	for end in ends:
		keep_from_children(end)
	return ends


def make_bell():
	"""A pipe that signal handlers write to; neither end blocks."""
	ends = make_pipe()
	for end in ends:
		fcntl.fcntl(end, fcntl.F_SETFL, fcntl.fcntl(end, fcntl.F_GETFL) | os.O_NONBLOCK)
	return ends


def keep_from_children(descriptor):
	fcntl.fcntl(descriptor, fcntl.F_SETFD, fcntl.FD_CLOEXEC)


def fill_holes():
	"""Opens /dev/null where 0, 1 or 2 is closed, or pipes would land there. Returns those of 1 and 2 that were open."""
	found = []
	for descriptor in 0, 1, 2:
		try:
			os.fstat(descriptor)
			found.append(descriptor)
		except OSError:
			keep_from_children(os.open('/dev/null', os.O_RDWR))
	return [descriptor for descriptor in found if descriptor]


def by_file(descriptors):
	"""Groups 1 and 2 by the file that they are: one pipe for both keeps their order."""
	if len(descriptors) > 1 and os.path.sameopenfile(*descriptors):
		return [descriptors]
	return [[each] for each in descriptors]


def write_all(descriptor, data):
	"""Writes as the program would have, waiting for a slow reader. False where nobody reads any more."""
	while data:
		try:
			data = data[os.write(descriptor, data):]
		except OSError as e:
			if e.errno in READER_GONE:
				return False
			if e.errno == errno.EAGAIN:  # whoever shares it made it so
				poll = select.poll()
				poll.register(descriptor, select.POLLOUT)
				ready(poll, None)
			elif e.errno != errno.EINTR:
				break  # a full disk: the program can't be told
	return True


def ready(poll, milliseconds):
	"""What poll finds; nothing where a signal interrupts, which before 3.5 is an error."""
	try:
		return poll.poll(milliseconds)
	except (OSError, select.error):
		return []


def retried(call, *values):
	"""The call, again where a signal interrupted it."""
	while True:
		try:
			return call(*values)
		except OSError as e:
			if e.errno != errno.EINTR:
				raise
