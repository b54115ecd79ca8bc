"""Descriptors: pipes, and waiting for them."""
import fcntl
import os
import select


def make_pipe():
	"""A pipe that no child inherits; `os.pipe` of Python 2 makes one that every child does."""
	ends = os.pipe()
	for end in ends:
		keep_from_children(end)
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
