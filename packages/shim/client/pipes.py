"""What the program writes: pipes in place of our own descriptors, and the bytes on their way through them."""
import errno
import fcntl
import os
import select
import sys
import termios
from .descriptors import make_pipe, ready, retried
from .http2 import uint
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
		number = fcntl.ioctl(self.source, termios.FIONREAD, b'\0\0\0\0')
		return uint(number if sys.byteorder == 'big' else reversed(number))


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
