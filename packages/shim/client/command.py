"""The command katib-push-exec of the installed package: runs words under the shim where the environment asks for it."""
import os
import sys
from .environment import ENVIRON, drop_coerced_locale
from .process import IGNORED_BY_PYTHON, signal
from .words import exec_words, given_words

USAGE = 'usage: katib-push-exec -- COMMAND [ARGUMENT]...\n'
USAGE_CODE = 2
# Behind the standard library, with nothing of the folder or the environment that it starts in.
BOOT = 'import sys; sys.path[:] = %r; import katib_push_shim.shim'


def main():
	words, env = given_words(), dict(ENVIRON)
	if words[:1] == [b'--']:
		words = words[1:]
	if not words:
		sys.stderr.write(USAGE)
		return USAGE_CODE
	drop_coerced_locale(env)
	if b'KATIB_PUSH_CONFIG' in env:
		library = os.path.dirname(os.__file__)
		folders = [library, os.path.join(library, 'lib-dynload'), os.path.dirname(os.path.dirname(__file__))]
		flags = '-sS' if b'PYTHONHOME' in env else '-EsS'
		shim = [os.fsencode(word) for word in (sys.executable, flags, '-c', BOOT % folders)]
		try:
			os.execve(shim[0], shim + words, env)
		except OSError:
			pass  # then as without settings
	for number in IGNORED_BY_PYTHON:
		signal.signal(number, signal.SIG_DFL)
	return exec_words(words, env)
