"""Running the words as execvp does, without its imports."""
import errno
import os
import sys
from .say import say

NOT_FOUND, NOT_RUN = 127, 126  # exit codes of a shell
USUAL_PATH = b'/usr/local/bin:/usr/bin:/bin'  # of a container without a PATH


def given_words():
	"""The words behind the shim's own, as bytes; also those that are no UTF-8."""
	return [word if isinstance(word, bytes) else os.fsencode(word) for word in sys.argv[1:]]


def exec_words(words, env):
	"""Replaces this process by the words. Where that fails: says so, and returns the exit code."""
	if not words:
		return 0
	program, code, reason = words[0], NOT_FOUND, 'not found'
	folders = [b''] if b'/' in program else [
		(folder or b'.') + b'/' for folder in env.get(b'PATH', USUAL_PATH).split(b':') if program]
	for path in [folder + program for folder in folders]:
		try:
			try:
				os.execve(path, words, env)
			except OSError as e:
				if e.errno != errno.ENOEXEC:
					raise
				os.execve(b'/bin/sh', [b'sh', path] + words[1:], env)  # no #!, as a shell does
		except OSError as e:
			if e.errno not in (errno.ENOENT, errno.ENOTDIR):
				code, reason = NOT_RUN, e.strerror
	say('%s: %s', program.decode('utf-8', 'replace'), reason)
	return code
