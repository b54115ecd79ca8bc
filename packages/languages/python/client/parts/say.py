"""Lines of ours on stderr."""
import os


def say(text, *values):
	"""Writes a line to stderr, past the program's streams."""
	try:
		os.write(2, (u'katib-push: ' + text % values + '\n').encode('utf-8', 'replace'))
	except Exception:
		pass
