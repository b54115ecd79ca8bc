"""Running the words as execvp does, without its imports."""
import errno
import os
import sys
from .say import say

NOT_FOUND, NOT_RUN = 127, 126  # exit codes of a shell
USUAL_PATH = b'/usr/local/bin:/usr/bin:/bin'  # of a container without a PATH


def given_words():
	"""The words behind the shim's own, as bytes; also those that are no UTF-8."""
	return [getattr(os, 'fsencode', bytes)(word) for word in sys.argv[1:]]


def exec_words(words, env):
	"""Replaces this process by the words. Where that fails: says so, and returns the exit code."""
	if not words:
		return 0
	program, code, reason = words[0], NOT_FOUND, 'not found'
	folders = [b''] if b'/' in program else env.get(b'PATH', USUAL_PATH).split(b':')
	for path in [os.path.join(folder, program) for folder in folders if program]:
		try:
			os.execve(path, words, env)
		except OSError as e:
			if e.errno == errno.ENOEXEC:  # no #!: as a shell does
				return exec_words([b'/bin/sh', path] + words[1:], env)
			if e.errno not in (errno.ENOENT, errno.ENOTDIR):
				code, reason = NOT_RUN, e.strerror
	say('%s: %s', program.decode('utf-8', 'replace'), reason)
	return code
