"""What the environment asks of the shim, and what of it is the program's own."""
import os
from .imports import literal

ENVIRON = getattr(os, 'environb', os.environ)  # names and values as bytes
POD_LABEL = b'KATIB_PUSH_LABEL_'  # and a number
OURS = b'KATIB_PUSH_SHIM', b'KATIB_PUSH_CONFIG', b'KATIB_PUSH_TRIAL_NAME', b'KATIB_PUSH_POD_LABELS', POD_LABEL
COERCED = b'LC_CTYPE'  # Python 3.7 and later set it where the locale is C (PEP 538)
UNICODE_LITERALS = 0x20000  # a flag of Python 2.7's compiler, which later ones do not mind
BLOCK = 65536  # bytes read at once; bigger reads are slower


def setting(name):
	"""A variable as text: UTF-8, whatever the locale."""
	value = ENVIRON.get(name.encode())
	return value and value.decode('utf-8', 'replace')


def read_config(name):
	"""A variable that holds JSON. All strings in it are text, on Python 2.7, too."""
	return literal(compile(setting(name) or '{}', name, 'eval', UNICODE_LITERALS))


def programs_environment():
	"""The environment without what was added to it for the shim, and by its interpreter."""
	env = {name: value for name, value in ENVIRON.items() if not name.startswith(OURS)}
	drop_coerced_locale(env)
	return env


def drop_coerced_locale(env):
	"""Takes out what the environment did not hold when the interpreter was started."""
	if COERCED in env:
		try:
			with open('/proc/self/environ', 'rb') as given:
				if b'\0' + COERCED + b'=' not in b'\0' + given.read():
					del env[COERCED]
		except EnvironmentError:
			pass
