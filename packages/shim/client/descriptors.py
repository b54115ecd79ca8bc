"""Descriptors: pipes, and waiting for them."""
import errno
import fcntl
import os
import select


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
		fcntl.fcntl(end, fcntl.F_SETFL, os.O_NONBLOCK)
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
